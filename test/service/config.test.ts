import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '#dist/core/model/limits.js'
import { ConfigError, describeConfig, readConfig, type Texts } from '#dist/service/config.js'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (value: unknown): string => {
  const path = join(folder, 'config.json')
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}

const faultsOf = (environment: Texts): readonly string[] => {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('the configuration', () => {
  it('has the defaults of the contract', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      logLevel: 'info',
      caFiles: [],
      defaultTrustStores: undefined,
      dataDir: 'data',
      securityLevel: 2,
      limits: defaultLimits,
      maxCertificates: 2_000,
      certificateCacheBytes: 67_108_864,
      answerCacheBytes: 33_554_432,
      maxBodyBytes: 8_388_608,
      maxBodiesInFlightBytes: 67_108_864,
      shutdownTimeout: 10
    })
    expect(Object.isFrozen(config)).toBe(true)
    expect(Object.isFrozen(config.limits)).toBe(true)
  })

  it('is read from the environment', () => {
    const config = readConfig({
      HOST: '0.0.0.0',
      PORT: '0',
      CA_FILES: 'corporate=/etc/ca.pem, /etc/other=1.pem',
      CA_DIRECTORIES: '/etc/cas',
      DEFAULT_TRUST_STORES: 'corporate,system',
      SSL_CERT_FILE: '/etc/bundle.pem',
      SSL_CERT_DIR: '/a:/b',
      SECURITY_LEVEL: '0',
      MAX_PATH_DEPTH: '5',
      MAX_NAME_CONSTRAINT_COMPARISONS: '7',
      WORKERS: '1',
      DATABASE_URL: '',
      UNRELATED: 'x'
    })
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 0,
      caFiles: [
        { name: 'corporate', path: '/etc/ca.pem' },
        { name: undefined, path: '/etc/other=1.pem' }
      ],
      caDirectories: [{ name: undefined, path: '/etc/cas' }],
      defaultTrustStores: ['corporate', 'system'],
      systemFile: '/etc/bundle.pem',
      systemDirectories: ['/a', '/b'],
      securityLevel: 0,
      limits: { ...defaultLimits, pathDepth: 5, nameConstraintComparisons: 7 }
    })
  })

  it('takes a number of WORKERS, and auto for as many as there are cores', () => {
    expect(['', '1', '4', 'auto'].map((WORKERS) => readConfig({ WORKERS }).workers)).toEqual([
      1,
      1,
      4,
      availableParallelism()
    ])
  })

  it.each([
    [''],
    ['postgres://vidimus:p%2Fw@db.example:5433/pki?sslmode=verify-full'],
    ['postgresql:///pki?host=/run/postgresql']
  ])('takes DATABASE_URL %j', (given) => {
    const config = readConfig({ DATABASE_URL: given })
    expect(config.databaseUrl).toBe(given === '' ? undefined : given)
  })

  it.each([
    [{ PORT: '80a' }, 'PORT is "80a" and must be an integer from 0 to 65535.'],
    [{ PORT: '65536' }, 'PORT is "65536" and must be an integer from 0 to 65535.'],
    [{ HOST: '' }, 'HOST is "" and must be not empty.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud" and must be one of trace, debug, info, warn, error, fatal, silent.'],
    [{ SECURITY_LEVEL: '6' }, 'SECURITY_LEVEL is "6" and must be an integer from 0 to 5.'],
    [
      { CA_FILES: 'a b=/x' },
      'CA_FILES is "a b=/x" and must be paths separated by commas, each path or name=path, a name of letters, digits and . _ -.'
    ],
    [
      { DEFAULT_TRUST_STORES: ',' },
      'DEFAULT_TRUST_STORES is "," and must be names of trust stores, separated by commas.'
    ],
    [{ MAX_SIGNATURE_CHECKS: '0' }, 'MAX_SIGNATURE_CHECKS is "0" and must be an integer from 1 to 1000000000.'],
    [{ WORKERS: '0' }, 'WORKERS is "0" and must be auto or an integer from 1 to 256.'],
    [{ WORKERS: '257' }, 'WORKERS is "257" and must be auto or an integer from 1 to 256.'],
    [{ WORKERS: '2.5' }, 'WORKERS is "2.5" and must be auto or an integer from 1 to 256.'],
    [{ WORKERS: 'many' }, 'WORKERS is "many" and must be auto or an integer from 1 to 256.'],
    [
      { DATABASE_URL: 'postgres://user:se/cret@host:port/name' },
      'DATABASE_URL must be a URL that begins with postgresql://, with %-encoding where a password needs it.'
    ],
    [
      { ADMIN_TOKENS: 'a=long-enough-to-be-one,secret' },
      'ADMIN_TOKENS must be tokens separated by commas; entry 2 has a token of 6 characters, not of 16 to 1024.'
    ],
    [{ MAX_BODY_BYTES: '99999999' }, 'MAX_BODIES_IN_FLIGHT_BYTES must be at least MAX_BODY_BYTES.'],
    [{ HEADERS_TIMEOUT_SECONDS: '61' }, 'HEADERS_TIMEOUT_SECONDS must be at most REQUEST_TIMEOUT_SECONDS.']
  ])('refuses %j with the name, the value unless it is secret, and what is allowed', (environment, fault) => {
    expect(faultsOf(environment)).toEqual([fault])
  })

  it('tells every fault at once', () => {
    expect(faultsOf({ PORT: 'x', LOG_LEVEL: 'x', WORKERS: 'x' })).toHaveLength(3)
  })

  it('is described with every variable, limits too', () => {
    const text = describeConfig()
    for (const name of ['HOST', 'CA_FILES', 'SECURITY_LEVEL', 'MAX_BUILDING_STEPS', 'WORKERS', 'CONFIG_FILE']) {
      expect(text).toContain(`  ${name}\n`)
    }
  })
})

describe('CONFIG_FILE', () => {
  it('has the same names, with texts, numbers and lists; the environment wins', () => {
    const path = file({ PORT: 9090, HOST: '::1', CA_FILES: ['a=/a', 'b=/b'], MAX_PATH_DEPTH: '9' })
    const config = readConfig({ CONFIG_FILE: path, HOST: '127.0.0.2' })
    expect(config).toMatchObject({ host: '127.0.0.2', port: 9090, limits: { pathDepth: 9 } })
    expect(config.caFiles.map(({ name }) => name)).toEqual(['a', 'b'])
  })

  it.each([
    ['{', 'is not JSON.'],
    ['[]', 'must hold a JSON object.'],
    [{ PROT: 1 }, 'names "PROT", which is not known.'],
    [{ PORT: { x: 1 } }, 'must be a text, a number or a list of texts.']
  ])('is refused where it holds %j', (value, end) => {
    expect(faultsOf({ CONFIG_FILE: file(value) })).toEqual([expect.stringMatching(/CONFIG_FILE/)])
    expect(faultsOf({ CONFIG_FILE: file(value) })[0]).toContain(end)
  })

  it('is refused where it is not there', () => {
    expect(faultsOf({ CONFIG_FILE: join(folder, 'none') })).toEqual([
      `CONFIG_FILE ${join(folder, 'none')} cannot be read: ENOENT.`
    ])
  })
})
