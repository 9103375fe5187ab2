import { type AddressRules, readAddressRules } from '../net/addresses.ts'
import { type HostRules, readHostRules } from '../net/hosts.ts'
import { type PortRules, readPortRules } from '../net/target.ts'
import { integer, listOf, mustBe, oneOf, type Setting, setting, value } from './setting.ts'

const mebibyte = 1_048_576

const listed = <T>(
  name: string,
  byDefault: string,
  meaning: string,
  given: string,
  read: (items: readonly string[]) => T | undefined,
  what: string
): Setting<T> =>
  setting(name, byDefault, meaning, (text = given) => {
    const rules = read(listOf(text))
    return rules === undefined ? mustBe(what) : value(rules)
  })

const onOrOff = (name: string, byDefault: 'on' | 'off', meaning: string): Setting<'on' | 'off'> =>
  oneOf(name, byDefault, ['on', 'off'], meaning)

/** What the service may fetch for requests that ask for it, and for how long it uses what it fetched. */
export const fetchSettings = {
  fetch: onOrOff('FETCH', 'on', 'Whether requests may have CRLs, OCSP responses and issuers fetched.'),
  fetchHttps: onOrOff('FETCH_HTTPS', 'off', 'Whether https is asked beside http.'),
  fetchAllowedHosts: listed<HostRules>(
    'FETCH_ALLOWED_HOSTS',
    'any',
    'Hosts that may be asked, separated by commas, *.example.com for all below. Their addresses must be allowed as well.',
    '',
    readHostRules,
    'host names separated by commas, without ports'
  ),
  fetchAllowedNetworks: listed<AddressRules>(
    'FETCH_ALLOWED_NETWORKS',
    'public',
    'Networks whose addresses may be connected to, as 10.0.0.0/8, separated by commas; public for the public Internet.',
    'public',
    readAddressRules,
    'public, or networks as 10.0.0.0/8, separated by commas'
  ),
  fetchAllowedPorts: listed<PortRules>(
    'FETCH_ALLOWED_PORTS',
    '80,443',
    'Ports that may be connected to, or ranges of them, separated by commas.',
    '80,443',
    readPortRules,
    'ports or ranges of ports, as 80,8000-8999'
  ),
  fetchDeadlineMs: integer(
    'FETCH_DEADLINE_MS',
    3_000,
    100,
    60_000,
    'Milliseconds in which a validation that fetches is answered.'
  ),
  fetchTransferSeconds: integer(
    'FETCH_TRANSFER_SECONDS',
    30,
    1,
    600,
    'Seconds that a transfer may take; what comes after the deadline serves the next validation.'
  ),
  fetchMaxPerValidation: integer('FETCH_MAX_PER_VALIDATION', 16, 1, 1_000, 'Places that one validation asks.'),
  fetchMaxCrlBytes: integer('FETCH_MAX_CRL_BYTES', 64 * mebibyte, 1_024, 1_024 * mebibyte, 'Bytes of a fetched CRL.'),
  fetchMaxConnections: integer('FETCH_MAX_CONNECTIONS', 32, 1, 1_000, 'Connections for fetching at once.'),
  fetchMaxConnectionsPerHost: integer('FETCH_MAX_CONNECTIONS_PER_HOST', 4, 1, 1_000, 'Of these, to one host.'),
  fetchFailureSeconds: integer(
    'FETCH_FAILURE_SECONDS',
    30,
    0,
    86_400,
    'Seconds for which what failed is not asked again.'
  ),
  fetchOcspNonce: onOrOff('FETCH_OCSP_NONCE', 'on', 'Whether OCSP requests have a nonce.'),
  evidenceLeastSeconds: integer(
    'EVIDENCE_LEAST_SECONDS',
    60,
    1,
    86_400,
    'Seconds for which fetched evidence is used even where it is out of date sooner.'
  ),
  evidenceMostSeconds: integer(
    'EVIDENCE_MOST_SECONDS',
    43_200,
    1,
    31_536_000,
    'Seconds after which it is fetched again even where it is still current.'
  ),
  evidenceMemoryBytes: integer(
    'EVIDENCE_MEMORY_BYTES',
    256 * mebibyte,
    mebibyte,
    16_384 * mebibyte,
    'Bytes of fetched evidence in memory.'
  ),
  evidenceKeptBytes: integer(
    'EVIDENCE_KEPT_BYTES',
    1_024 * mebibyte,
    0,
    1_048_576 * mebibyte,
    'Bytes of fetched evidence in the database; 0 keeps none.'
  )
}
