import { defaultLimits, type LimitName } from '../core/model/limits.ts'
import type { SecurityLevel } from '../core/model/options.ts'
import type { NamedPath } from './config-types.ts'
import { fetchSettings } from './fetch-settings.ts'
import { httpSettings } from './http-settings.ts'
import { laneSettings } from './lane-settings.ts'
import { integer, listOf, mustBe, oneOf, type Setting, setting, value } from './setting.ts'
import { storeSettings } from './store-settings.ts'

/** Names of trust stores stand in URLs, logs and answers. */
export const isStoreName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name)

const namedPaths = (name: string, meaning: string): Setting<readonly NamedPath[]> =>
  setting(name, 'none', meaning, (text = '') => {
    const paths = listOf(text).map(namedPath)
    const wrong = paths.some((entry) => entry.path === '' || (entry.name !== undefined && !isStoreName(entry.name)))
    return wrong
      ? mustBe('paths separated by commas, each path or name=path, a name of letters, digits and . _ -')
      : value(paths)
  })

/** `name=path`, or a path alone, which may have a `=` of its own after a slash. */
const namedPath = (item: string): NamedPath => {
  const parts = /^([^=/\\]*)=(.*)$/.exec(item)
  return parts === null ? { name: undefined, path: item } : { name: parts[1], path: parts[2] ?? '' }
}

const text = (name: string, byDefault: string, meaning: string): Setting<string> =>
  setting(name, byDefault, meaning, (given = byDefault) => (given === '' ? mustBe('not empty') : value(given)))

const postgresUrl = (name: string, meaning: string): Setting<string | undefined> => ({
  ...setting<string | undefined>(name, 'none', meaning, (given) => {
    if (given === undefined || given === '') return value(undefined)
    const allowed = ['postgres:', 'postgresql:'].includes(URL.parse(given)?.protocol ?? '')
    return allowed
      ? value(given)
      : mustBe('a URL that begins with postgresql://, with %-encoding where a password needs it')
  }),
  secret: true
})

const mebibyte = 1_048_576
const levels: readonly SecurityLevel[] = [0, 1, 2, 3, 4, 5]

/** Every variable but those of the core's limits, by the member of the configuration that it sets. */
export const settings = {
  host: text('HOST', '127.0.0.1', 'Where it listens: an address or a name.'),
  port: integer('PORT', 8080, 0, 65_535, 'Where it listens; 0 for any port that is free.'),
  logLevel: oneOf(
    'LOG_LEVEL',
    'info',
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    'Least level of what is logged. That it listens is always said.'
  ),
  caFiles: namedPaths('CA_FILES', 'CA certificates files, a trust store each, named after the file if not name=path.'),
  caDirectories: namedPaths('CA_DIRECTORIES', 'Folders of CA certificates files, a trust store each, named alike.'),
  caPaths: namedPaths(
    'CA_PATHS',
    'Folders as openssl rehash makes them, a trust store each, named alike: files named as 9da13359.0 (certificates) and 9da13359.r0 (CRLs) are read, no others.'
  ),
  systemFile: setting(
    'SSL_CERT_FILE',
    'the certificates of the platform, as Node.js reads them',
    'CA certificates file that makes the trust store system.',
    (given) => value(given === '' ? undefined : given)
  ),
  systemDirectories: setting(
    'SSL_CERT_DIR',
    'none',
    'Folders of CA certificates for the trust store system, separated as in PATH; read as those of CA_PATHS where a file is named as there, else as those of CA_DIRECTORIES.',
    (given = '') => value(given.split(process.platform === 'win32' ? ';' : ':').filter((folder) => folder !== ''))
  ),
  defaultTrustStores: setting<readonly string[] | undefined>(
    'DEFAULT_TRUST_STORES',
    'the stores of CA_FILES, CA_DIRECTORIES and CA_PATHS, else system',
    'Trust stores, separated by commas, for requests that name none.',
    (given) => {
      const names = given === undefined || given === '' ? undefined : listOf(given)
      return names === undefined || (names.length > 0 && names.every(isStoreName))
        ? value(names)
        : mustBe('names of trust stores, separated by commas')
    }
  ),
  dataDir: text(
    'DATA_DIR',
    'data',
    'Folder of the embedded database: uploaded trust stores, and evidence that was fetched.'
  ),
  databaseUrl: postgresUrl(
    'DATABASE_URL',
    'PostgreSQL in place of the embedded database: postgresql://user:password@host/name.'
  ),
  securityLevel: setting<SecurityLevel>(
    'SECURITY_LEVEL',
    '2',
    'securityLevel of requests that name none: 0 to 5.',
    (given = '2') => {
      const level = levels.find((candidate) => String(candidate) === given)
      return level === undefined ? mustBe('an integer from 0 to 5') : value(level)
    }
  ),
  ...fetchSettings,
  maxCertificates: integer('MAX_CERTIFICATES', 2_000, 1, 100_000, 'Certificates in a request.'),
  certificateCacheBytes: integer(
    'CERTIFICATE_CACHE_BYTES',
    64 * mebibyte,
    0,
    65_536 * mebibyte,
    'Bytes at most for certificates that come again and their texts, with what was read of them and verified on them; 0 for none.'
  ),
  answerCacheBytes: integer(
    'ANSWER_CACHE_BYTES',
    32 * mebibyte,
    0,
    65_536 * mebibyte,
    'Bytes at most for whole answers to requests that come again, given while nothing that they rest on can have changed; 0 for none.'
  ),
  maxBodyBytes: integer('MAX_BODY_BYTES', 8 * mebibyte, 1_024, 512 * mebibyte, 'Bytes of a body.'),
  maxBodiesInFlightBytes: integer(
    'MAX_BODIES_IN_FLIGHT_BYTES',
    64 * mebibyte,
    1_024,
    4_096 * mebibyte,
    'Bytes of all bodies that are being received or worked on.'
  ),
  maxJsonDepth: integer('MAX_JSON_DEPTH', 32, 4, 1_000, 'Arrays and objects within each other in JSON.'),
  maxJsonValues: integer('MAX_JSON_VALUES', 100_000, 100, 10_000_000, 'Values in a JSON body.'),
  maxFormParts: integer('MAX_FORM_PARTS', 64, 4, 10_000, 'Parts of a form.'),
  maxCaFileBytes: integer(
    'MAX_CA_FILE_BYTES',
    64 * mebibyte,
    1_024,
    512 * mebibyte,
    'Bytes of a CA certificates file, or of all files of a folder together.'
  ),
  ...storeSettings,
  ...httpSettings,
  ...laneSettings,
  requestTimeout: integer(
    'REQUEST_TIMEOUT_SECONDS',
    60,
    1,
    3_600,
    'Seconds in which a request must have come whole, and in which its answer must be taken.'
  ),
  headersTimeout: integer('HEADERS_TIMEOUT_SECONDS', 15, 1, 3_600, 'Seconds in which its header must have come.'),
  keepAliveTimeout: integer('KEEP_ALIVE_TIMEOUT_SECONDS', 72, 1, 3_600, 'Seconds until an idle connection is closed.'),
  shutdownTimeout: integer('SHUTDOWN_TIMEOUT_SECONDS', 10, 1, 3_600, 'Seconds for what is in flight at SIGTERM.')
}

/** `MAX_PATH_DEPTH` for `pathDepth`. */
const limitVariable = (name: LimitName): string => `MAX_${name.replaceAll(/[A-Z]/g, '_$&').toUpperCase()}`

const limitNames = Object.keys(defaultLimits).filter((name): name is LimitName => name in defaultLimits)

/** The limits of a validation, a variable each. */
export const limitSettings: ReadonlyMap<LimitName, Setting<number>> = new Map(
  limitNames.map((name) => [
    name,
    integer(limitVariable(name), defaultLimits[name], 1, 1_000_000_000, `Limit ${name} of one validation.`)
  ])
)
