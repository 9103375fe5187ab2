import { type AdminToken, listedTokens } from './admin-tokens.ts'
import { integer, mustBe, setting, value } from './setting.ts'

const mebibyte = 1_048_576

/** The variables of uploaded trust stores: who may change them, how much is kept, and what is rehearsed. */
export const storeSettings = {
  adminTokens: {
    ...setting<readonly AdminToken[]>(
      'ADMIN_TOKENS',
      'none, so that nobody may',
      'Bearer tokens that may change trust stores, separated by commas, each token or label=token, of 16 characters or more.',
      (given = '') => {
        const { tokens, faults } = listedTokens(given)
        return faults.length === 0 ? value(tokens) : mustBe(`tokens separated by commas; ${faults.join('; ')}`)
      }
    ),
    secret: true
  },
  adminTokensFile: setting<string | undefined>(
    'ADMIN_TOKENS_FILE',
    'none',
    'A file of such tokens, a line each, which is read again when it changes.',
    (given) => value(given === '' ? undefined : given)
  ),
  maxTrustStores: integer('MAX_TRUST_STORES', 100, 1, 10_000, 'Uploaded trust stores.'),
  maxStoreCertificates: integer(
    'MAX_STORE_CERTIFICATES',
    20_000,
    1,
    100_000,
    'Certificates and other objects of an uploaded trust store.'
  ),
  maxStoreVersions: integer(
    'MAX_STORE_VERSIONS',
    20,
    2,
    10_000,
    'Versions of an uploaded trust store that can be restored. The records of all changes are kept.'
  ),
  maxRehearsedRequests: integer('MAX_REHEARSED_REQUESTS', 1_000, 1, 100_000, 'Requests in the body of a rehearsal.'),
  rememberRequests: integer(
    'REMEMBER_REQUESTS',
    0,
    0,
    100_000,
    'Distinct requests that are remembered for rehearsals, in memory alone and without private keys; 0 for none.'
  ),
  maxRememberedBytes: integer(
    'MAX_REMEMBERED_BYTES',
    16 * mebibyte,
    1_024,
    4_096 * mebibyte,
    'Bytes of all requests that are remembered.'
  )
}
