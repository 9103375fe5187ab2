import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import type { Chain, Opinion } from './openssl.ts'

/** A way in which the two verdicts differ and are meant to. */
interface Explained {
  readonly reason: string
  readonly applies: (ours: readonly string[], openssl: Opinion, leaf: Certificate, issuing: Certificate) => boolean
}

/** What of a certificate's form is wrong, for whatever reads it. */
const ofForm = new Set([
  'certificate-malformed',
  'extension-malformed',
  'extension-duplicate',
  'version-unsupported',
  'policy-extension-invalid',
  'name-constraint-malformed'
])

const only = (opinion: Opinion, ...numbers: readonly number[]): boolean =>
  opinion.length > 0 && opinion.every((number) => numbers.includes(number))

const explained: readonly Explained[] = [
  {
    reason: 'what is not DER, or not of the form that RFC 5280 gives it, is refused here; OpenSSL reads on',
    applies: (ours, openssl) => openssl.length === 0 && ours.some((code) => ofForm.has(code))
  },
  {
    reason:
      'key identifiers order issuers here, since RFC 5280 §6.1 does not judge them; OpenSSL makes a condition of them',
    applies: (ours, openssl, leaf, issuing) =>
      ours.length === 0 && only(openssl, 20, 30, 31) && (identifies(leaf) || identifies(issuing))
  },
  {
    reason: 'constraints of DNS names hold for alternative names here; OpenSSL holds them against a common name too',
    applies: (ours, openssl, leaf) => ours.length === 0 && only(openssl, 47, 48) && !hasDnsName(leaf)
  },
  {
    reason: 'attributes of a name may have values of any type here (RFC 5280 §4.1.2.4); OpenSSL reads strings alone',
    applies: (ours, openssl, leaf, issuing) =>
      ours.length === 0 && only(openssl, -1, 20) && [leaf, issuing].some(hasOddAttribute)
  }
]

/** Whether a key identifier, or name and serial number, says whose key signed. */
const identifies = ({ authorityKeyIdentifier }: Certificate): boolean => authorityKeyIdentifier !== undefined

const hasDnsName = ({ subjectAlternativeNames }: Certificate): boolean =>
  subjectAlternativeNames?.some(({ type }) => type === 'dns') ?? false

const hasOddAttribute = ({ subject, issuer }: Certificate): boolean =>
  [subject, issuer].some(({ rdns }) => rdns.flat().some(({ text }) => text === undefined))

/** Why two opinions of a chain differ, if it is known. */
export const explanationOf = (chain: Chain, ours: readonly string[], openssl: Opinion): string | undefined => {
  const [leaf, issuing] = [chain.leaf, chain.issuing].map((der) => readCertificate(der))
  if (leaf?.ok !== true || issuing?.ok !== true) return 'what cannot be split into its fields is refused here'
  return explained.find(({ applies }) => applies(ours, openssl, leaf.value, issuing.value))?.reason
}
