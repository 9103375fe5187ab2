import { describe, expect, it } from 'vitest'
import { ConfigError, describeConfig, readConfig, type Texts } from '#dist/service/config.js'

const faultsOf = (environment: Texts): readonly string[] => {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('what may be fetched, by configuration', () => {
  it('is by default http at the public Internet, on the ports of HTTP, within 3 s', () => {
    const { fetching } = readConfig({})
    expect(fetching).toMatchObject({
      on: true,
      https: false,
      deadlineMs: 3_000,
      maxPerValidation: 16,
      maxCrlBytes: 67_108_864,
      maxConnections: 32,
      maxConnectionsPerHost: 4,
      failureSeconds: 30,
      ocspNonce: true,
      leastSeconds: 60,
      mostSeconds: 43_200
    })
    expect(fetching.hosts.allows('crl.example.test')).toBe(true)
    expect([80, 443, 8080].map((port) => fetching.ports.allows(port))).toEqual([true, true, false])
    expect(['8.8.8.8', '10.0.0.1', '127.0.0.1'].map((address) => fetching.addresses.allows(address))).toEqual([
      true,
      false,
      false
    ])
    expect(Object.isFrozen(fetching)).toBe(true)
  })

  it('is what the environment says', () => {
    const { fetching } = readConfig({
      FETCH: 'off',
      FETCH_HTTPS: 'on',
      FETCH_ALLOWED_HOSTS: 'crl.corp.test, *.pki.corp.test',
      FETCH_ALLOWED_NETWORKS: '10.0.0.0/8',
      FETCH_ALLOWED_PORTS: '80,8000-8999'
    })
    expect([fetching.on, fetching.https]).toEqual([false, true])
    expect(['crl.corp.test', 'a.pki.corp.test', 'corp.test'].map((host) => fetching.hosts.allows(host))).toEqual([
      true,
      true,
      false
    ])
    expect(['8.8.8.8', '10.0.0.1'].map((address) => fetching.addresses.allows(address))).toEqual([false, true])
    expect(fetching.ports.allows(8_080)).toBe(true)
  })

  it.each([
    [{ FETCH: 'yes' }, 'FETCH is "yes" and must be one of on, off.'],
    [
      { FETCH_ALLOWED_HOSTS: 'http://crl.corp.test' },
      'FETCH_ALLOWED_HOSTS is "http://crl.corp.test" and must be host names separated by commas, without ports.'
    ],
    [
      { FETCH_ALLOWED_NETWORKS: 'private' },
      'FETCH_ALLOWED_NETWORKS is "private" and must be public, or networks as 10.0.0.0/8, separated by commas.'
    ],
    [
      { FETCH_ALLOWED_PORTS: 'http' },
      'FETCH_ALLOWED_PORTS is "http" and must be ports or ranges of ports, as 80,8000-8999.'
    ],
    [{ FETCH_DEADLINE_MS: '99' }, 'FETCH_DEADLINE_MS is "99" and must be an integer from 100 to 60000.'],
    [{ EVIDENCE_MOST_SECONDS: '59' }, 'EVIDENCE_MOST_SECONDS must be at least EVIDENCE_LEAST_SECONDS.']
  ])('refuses %j', (environment, fault) => {
    expect(faultsOf(environment)).toEqual([fault])
  })

  it('is described', () => {
    expect(describeConfig()).toContain('  FETCH_ALLOWED_NETWORKS\n')
  })
})
