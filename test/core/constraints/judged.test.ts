import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConstraintsDocument, createTrustStore, type TimedRequest, type Verdict, validate } from '#dist/index.js'
import { type Issued, intermediate, root, server } from '../../support/authority.ts'
import { describeWith } from '../../support/engines.ts'
import { errorsOf } from '../../support/verdicts.ts'

const time = '2026-11-23T12:00:00Z'
const ca = root('Root')
const middle = intermediate(ca, 'Issuing')
const leaf = server(middle, 'www.example.test', { notBefore: '260101000000' })
const chain = leaf.pem + middle.pem
const printOf = ({ der }: Issued): string => createHash('sha256').update(der).digest('hex')

const storeOf = (material: string, constraints?: ConstraintsDocument) => createTrustStore('own', material, constraints)
const verdictOf = (stores: readonly ReturnType<typeof storeOf>[], request: Partial<TimedRequest> = {}): Verdict => {
  const outcome = validate({ chain, time, ...request }, { stores: stores.map(({ store }) => store) })
  if (outcome.kind !== 'verdict') throw new Error(`no verdict: ${outcome.detail}`)
  return outcome.verdict
}
const under = (constraints: ConstraintsDocument[string], request: Partial<TimedRequest> = {}): Verdict =>
  verdictOf([storeOf(ca.pem, { '*': constraints })], request)

describe('constraints on the anchors of a store', () => {
  it.each([
    ['distrustAfter', { distrustAfter: '2026-01-01T00:00:00Z' }, { distrustAfter: '2025-12-31T23:59:59Z' }],
    ['purposes', { purposes: ['serverAuth'] }, { purposes: ['clientAuth'] }],
    ['rejectedPurposes', { rejectedPurposes: ['clientAuth'] }, { rejectedPurposes: ['serverAuth'] }],
    [
      'nameConstraints',
      { nameConstraints: { permitted: [{ type: 'dns', value: 'example.test' }] } },
      { nameConstraints: { excluded: [{ type: 'dns', value: 'example.test' }] } }
    ]
  ] as const)('of %s leave valid what keeps to them, and nothing else', (_what, kept, violated) => {
    expect(errorsOf(under(kept, { purpose: 'serverAuth' }))).toEqual([])
    expect(under(violated, { purpose: 'serverAuth' }).valid).toBe(false)
  })

  it.each([
    [{ distrustAfter: '2025-12-31T23:59:59Z' }, 'distrusted', 2],
    [{ purposes: ['clientAuth'] }, 'anchor-constraint-violated', 2],
    [{ rejectedPurposes: ['serverAuth'] }, 'distrusted', 2],
    [{ nameConstraints: { excluded: [{ type: 'dns', value: 'example.test' }] } }, 'name-excluded', 0],
    [{ policies: ['1.2.3'] }, 'policy-not-acceptable', 1]
  ] as const)('%j hold whatever the request says of anchors', (constraints, code, certificate) => {
    const anchorRules = { validity: false, constraints: false }
    expect(errorsOf(under(constraints, { purpose: 'serverAuth', anchorRules }))).toEqual([[code, certificate]])
  })

  it('of one anchor are not those of another, over which the path is valid', () => {
    const other = root('Root', { key: ca.key })
    const constraints = { [printOf(ca)]: { distrustAfter: '2025-06-01T00:00:00Z' } }
    const verdict = verdictOf([storeOf(ca.pem + other.pem, constraints)])
    expect(verdict.valid).toBe(true)
    expect(verdict.trustAnchor?.fingerprint).toBe(printOf(other))
  })

  it('of one store are not those of another that has the same anchor', () => {
    const limited = storeOf(ca.pem, { '*': { rejectedPurposes: ['anyExtendedKeyUsage'] } })
    const free = createTrustStore('free', ca.pem)
    expect(errorsOf(verdictOf([limited]))).toEqual([['distrusted', 2]])
    expect(verdictOf([limited, free]).trustAnchor?.source).toBe('trustStore:free')
  })

  it('hold where the target itself is the anchor, store by store', () => {
    const own = server(ca, 'own.example.test', { notBefore: '260101000000' })
    const limited = storeOf(own.pem, { '*': { nameConstraints: { permitted: [{ type: 'dns', value: 'a.test' }] } } })
    expect(errorsOf(verdictOf([limited], { chain: own.pem }))).toEqual([['name-not-permitted', 0]])
    const free = createTrustStore('free', own.pem)
    expect(verdictOf([limited, free], { chain: own.pem }).trustAnchor?.source).toBe('trustStore:free')
  })

  it('are told to nobody outside: the verdict of a valid path is as without them', () => {
    const free = verdictOf([storeOf(ca.pem)], { purpose: 'serverAuth' })
    expect(under({ purposes: ['serverAuth'] }, { purpose: 'serverAuth' })).toEqual(free)
  })
})

describe('a store of the library whose constraints have faults', () => {
  it('trusts nothing, and says why', () => {
    const print = '0'.repeat(64)
    const unknown = storeOf(ca.pem, { [print]: { policies: ['1.2.3'] } })
    expect(unknown.constraintsFaults).toEqual([
      { pointer: `/${print}`, detail: 'is the fingerprint of no anchor of this store' }
    ])
    expect(unknown.store.anchors).toEqual([])
    const malformed = storeOf(ca.pem, { '*': { policies: [] } })
    expect(malformed.constraintsFaults.map(({ pointer }) => pointer)).toEqual(['/*/policies'])
    expect(malformed.store.anchors).toEqual([])
    expect(storeOf(ca.pem).constraintsFaults).toEqual([])
  })
})

describeWith('openssl', 'a TRUSTED CERTIFICATE of OpenSSL as anchor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'judged-'))
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  beforeAll(() => {
    file('ca.pem', ca.pem)
    file('middle.pem', middle.pem)
    file('leaf.pem', leaf.pem)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const settings: readonly (readonly string[])[] = [
    [],
    ['-addtrust', 'serverAuth'],
    ['-addtrust', 'clientAuth'],
    ['-addtrust', 'anyExtendedKeyUsage'],
    ['-addtrust', 'serverAuth', '-addreject', 'serverAuth'],
    ['-addtrust', 'anyExtendedKeyUsage', '-addreject', 'serverAuth'],
    ['-addreject', 'serverAuth'],
    ['-addreject', 'emailProtection'],
    ['-addreject', 'anyExtendedKeyUsage']
  ]
  it.each(settings.map((parameters) => [parameters.join(' ') || 'no settings', parameters]))(
    'with %s is trusted for a server’s certificate where OpenSSL trusts it, in a store as in a request',
    (_what, parameters) => {
      const trusted = execFileSync('openssl', ['x509', '-in', 'ca.pem', '-trustout', ...parameters], { cwd: folder })
      const bundle = file('trusted.pem', trusted.toString())
      const options = ['-attime', `${Date.parse(time) / 1000}`, '-purpose', 'sslserver', '-CAfile', bundle]
      const verified = spawnSync('openssl', ['verify', ...options, '-untrusted', 'middle.pem', 'leaf.pem'], {
        cwd: folder
      })
      const asOpenssl = verified.status === 0
      const inStore = verdictOf([storeOf(trusted.toString())], { purpose: 'serverAuth' })
      const inRequest = verdictOf([], { caBundle: trusted.toString(), purpose: 'serverAuth' })
      expect([inStore.valid, inRequest.valid]).toEqual([asOpenssl, asOpenssl])
      const code = parameters.includes('-addreject') ? 'distrusted' : 'anchor-constraint-violated'
      expect(errorsOf(inRequest)).toEqual(asOpenssl ? [] : [[code, 2]])
    }
  )
})
