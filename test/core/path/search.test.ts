import { describe, expect, it } from 'vitest'
import type { Limits } from '#dist/core/model/limits.js'
import type { Verdict } from '#dist/core/model/verdict.js'
import {
  basicConstraints,
  type CertificateSpec,
  certSignAndCrlSign,
  commonName,
  dnsName,
  extension,
  type Issued,
  intermediate,
  issue,
  type KeyPair,
  keyPair,
  keyUsage,
  root,
  server
} from '../../support/authority.ts'
import { sequence, tlv } from '../../support/der-writer.ts'
import { errorsOf, verdictOn } from '../../support/verdicts.ts'

const sources = (verdict: ReturnType<typeof verdictOn>): readonly string[] => verdict.path.map(({ source }) => source)

describe('path building (RFC 4158): candidates', () => {
  const top = root()
  const middle = intermediate(top)
  const leaf = server(middle)

  it('finds a path whatever the order of the candidates is', () => {
    const stranger = intermediate(root('Elsewhere'), 'Stranger')
    const verdict = verdictOn({ chain: [leaf, stranger, top, middle, middle], caBundle: [top] })
    expect(verdict.outcome).toBe('valid')
    expect(sources(verdict)).toEqual(['chain[0]', 'chain[3]', 'caBundle[0]'])
    expect(verdict.path.map(({ role }) => role)).toEqual(['end-entity', 'intermediate', 'trust-anchor'])
  })

  it('uses candidates from intermediates', () => {
    const verdict = verdictOn({ chain: [leaf], intermediates: [middle], caBundle: [top] })
    expect(sources(verdict)).toEqual(['chain[0]', 'intermediates[0]', 'caBundle[0]'])
  })

  it('ends at an anchor that is not self-signed', () => {
    const verdict = verdictOn({ chain: [leaf], caBundle: [middle] })
    expect(verdict.valid).toBe(true)
    expect(verdict.trustAnchor?.source).toBe('caBundle[0]')
  })

  it('does not trust a root for being in the chain', () => {
    const verdict = verdictOn({ chain: [leaf, middle, top], caBundle: [root('Another')] })
    expect(errorsOf(verdict)).toEqual([['root-not-trusted', 2]])
    expect(verdict.trustAnchor).toBeNull()
  })

  it('names the issuer that is missing', () => {
    const verdict = verdictOn({ chain: [leaf], caBundle: [top] })
    expect(errorsOf(verdict)).toEqual([['issuer-not-found', 0]])
    expect(verdict.errors[0]?.details['issuer']).toBe('CN=Test Intermediate')
    expect(verdict.errors[0]?.message).toContain('CN=Test Intermediate')
  })

  it('says that a self-signed end entity is not trusted, and accepts it as its own anchor', () => {
    const selfSigned = server(root('unused'), 'self.example.test', {})
    const own = issue({ subject: 'self.example.test', key: selfSigned.key })
    expect(errorsOf(verdictOn({ chain: [own], caBundle: [top] }))).toEqual([['self-signed-not-trusted', 0]])
    const accepted = verdictOn({ chain: [own], caBundle: [top, own] })
    expect(accepted.valid).toBe(true)
    expect(accepted.path).toHaveLength(1)
    expect(accepted.path[0]?.role).toBe('end-entity')
    expect(accepted.trustAnchor?.source).toBe('caBundle[1]')
  })

  it('does not accept a target that is an anchor where the request says so', () => {
    const own = issue({ subject: 'self.example.test' })
    const verdict = verdictOn({ chain: [own], caBundle: [own], anchorRules: { acceptTarget: false } })
    expect(errorsOf(verdict)).toEqual([['self-signed-not-trusted', 0]])
    expect(verdict.errors[0]?.details).toMatchObject({ isAnchor: true })
    expect(verdict.errors[0]?.message).toContain('anchorRules.acceptTarget')
  })
})

describe('path building (RFC 4158 §2.4.2): a target with the name and key of its issuer', () => {
  const top = root()
  const middle = intermediate(top)

  it('is valid below an anchor, which is a name and a key, as a root that was issued anew', () => {
    const renewed = root('Test Root', { key: top.key })
    const verdict = verdictOn({ chain: [renewed], caBundle: [top], anchorRules: { acceptTarget: false } })
    expect(verdict.valid).toBe(true)
    expect(sources(verdict)).toEqual(['chain[0]', 'caBundle[0]'])
  })

  it('is valid below its issuer', () => {
    const own = issue({ subject: middle.name, issuer: middle, key: middle.key })
    const verdict = verdictOn({ chain: [own, middle], caBundle: [top] })
    expect(verdict.valid).toBe(true)
    expect(sources(verdict)).toEqual(['chain[0]', 'chain[1]', 'caBundle[0]'])
  })

  it('does not stand above itself', () => {
    const verdict = verdictOn({ chain: [middle, middle], caBundle: [root('Another')] })
    expect(verdict.path).toHaveLength(1)
  })
})

describe('path building: a mesh of cross-certificates of one name', () => {
  const keys = Array.from({ length: 8 }, () => keyPair())
  const name = commonName('Mesh')
  const cross = (key: KeyPair, signer: KeyPair, issuerName = name): Issued =>
    intermediate({ der: name, pem: '', name: issuerName, key: signer }, 'Mesh', { key })
  const mesh = keys.flatMap((key) => keys.filter((each) => each !== key).map((signer) => cross(key, signer)))
  const top = root()
  const exits = keys.slice(-1).map((key) => cross(key, top.key, top.name))
  const [first = keyPair()] = keys
  const leaf = server({ der: name, pem: '', name, key: first })

  it('is left by its one way out for no more signatures than key identifiers ask for', () => {
    const question = { chain: [leaf, ...mesh, ...exits], caBundle: [top] }
    const verdict = verdictOn(question, { signatureChecks: 10, buildingSteps: 100 })
    expect(verdict.outcome).toBe('valid')
    expect(verdict.path).toHaveLength(4)
  })
})

describe('path building: a crowd, where key identifiers tell nothing', () => {
  const keys = Array.from({ length: 14 }, () => keyPair())
  const caOf = (key: KeyPair, subject = 'Mesh'): Issued => root(subject, { key, keyIdentifiers: false })
  const selves = keys.map((key) => caOf(key))
  const extensions = [basicConstraints(true), keyUsage(certSignAndCrlSign)]
  const certified = (key: KeyPair, issuer: Issued, spec: Partial<CertificateSpec> = {}): Issued =>
    issue({ subject: 'Mesh', issuer, key, keyIdentifiers: false, extensions, ...spec })
  const mesh = selves.flatMap((self) => selves.filter((each) => each !== self).map((by) => certified(self.key, by)))
  const top = caOf(keyPair())
  const [first = top, second = top, third = top] = selves
  const leaf = server(first, 'www.example.test', { keyIdentifiers: false })
  const ask = (more: readonly Issued[], limits: Partial<Limits> = {}): Verdict =>
    verdictOn({ chain: [leaf], intermediates: [...mesh, ...more], caBundle: [top] }, limits)
  const fewer = { signatureChecks: 10, buildingSteps: 3_000 }

  it('is left by its one way out for two signatures a certificate', () => {
    const verdict = ask([certified(selves.at(-1)?.key ?? first.key, top)], fewer)
    expect(verdict.outcome).toBe('valid')
    expect(verdict.path).toHaveLength(4)
  })

  it('is known to have no way out, for no more', () => {
    expect(ask([], fewer).outcome).toBe('invalid')
  })

  it('is searched for the next way out where one is closed by a certificate', () => {
    const expired = certified(second.key, top, { notAfter: '250601000000' })
    const verdict = ask([expired, certified(third.key, top)])
    expect(verdict.outcome).toBe('valid')
    expect(verdict.path.map(({ notAfter }) => notAfter?.slice(0, 4))).toEqual(['2035', '2035', '2035', '2035'])
    expect(errorsOf(ask([expired]))).toContainEqual(['expired', 2])
    expect(ask([expired]).outcome).toBe('invalid')
  })

  it('is searched for other paths where the shortest fails as a whole', () => {
    const elsewhere = sequence(tlv(0xa0, sequence(dnsName('elsewhere.test'))))
    const narrow = certified(second.key, top, { extensions: [...extensions, extension('2.5.29.30', elsewhere, true)] })
    const island = caOf(keyPair(), 'Island')
    const bridge = issue({ subject: 'Island', issuer: top, key: island.key, keyIdentifiers: false, extensions })
    const verdict = ask([narrow, bridge, certified(third.key, island)])
    expect(verdict.outcome).toBe('valid')
    expect(verdict.path.map(({ subject }) => subject)).toContain('CN=Island')
  })
})

describe('path building: a lattice of CAs, each certified by each above it', () => {
  const rows = Array.from({ length: 12 }, () => [keyPair(), keyPair(), keyPair(), keyPair()])
  const lattice = (notAfter: string): Verdict => {
    const top = root('Row 0', { notAfter })
    let above = [top]
    const all: Issued[] = []
    for (const [at, keys] of rows.entries()) {
      const row = above.flatMap((issuer) => keys.map((key) => intermediate(issuer, `Row ${at + 1}`, { key })))
      all.push(...row)
      above = row.slice(0, keys.length)
    }
    return verdictOn({ chain: [server(above[0] ?? top)], intermediates: all, caBundle: [top] })
  }

  it('costs what its certificates do, and not its paths', () => {
    expect(lattice('350101000000').outcome).toBe('valid')
  })

  it('is known to be invalid once its root is', () => {
    const verdict = lattice('250601000000')
    expect(verdict.outcome).toBe('invalid')
    expect(errorsOf(verdict)).toEqual([['expired', 13]])
  })
})

describe('path building: what is made to cost', () => {
  const many = Array.from({ length: 3000 }, (_, at) => extension(`1.2.3.${at}`, new Uint8Array(), true))

  it('keeps so many findings of one certificate as people read', () => {
    const top = root()
    const verdict = verdictOn({ chain: [issue({ subject: 'a', issuer: top, extensions: many })], caBundle: [top] })
    expect(verdict.outcome).toBe('invalid')
    expect(verdict.errors).toHaveLength(256)
  })

  it('cuts names that nobody reads to their end', () => {
    const long = sequence(...Array.from({ length: 3000 }, (_, at) => commonName(`n${at}`).subarray(2)))
    const top = root()
    const verdict = verdictOn({ chain: [issue({ subject: long, issuer: top })], caBundle: [top] })
    expect(verdict.valid).toBe(true)
    expect(verdict.path[0]?.subject).toHaveLength(4097)
    expect(verdict.path[0]?.subject).toMatch(/^CN=n2999,CN=n2998,.*…$/)
  })

  it('counts a path of large certificates as several', () => {
    const top = root('R', { extensions: many })
    const leaf = issue({ subject: 'a', issuer: top, extensions: many })
    const verdict = verdictOn({ chain: [leaf], caBundle: [top] }, { candidatePaths: 2 })
    expect(verdict.outcome).toBe('indeterminate')
    const limits = verdict.errors.filter(({ code }) => code === 'limit-reached').map(({ details }) => details)
    expect(limits).toEqual([{ limit: 'candidatePaths', allowed: 2 }])
  })
})

describe('path building: preferences', () => {
  const first = root('First Root')
  const second = root('Second Root')
  const key = keyPair()
  const underFirst = intermediate(first, 'Shared CA', { key })
  const underSecond = intermediate(second, 'Shared CA', { key })
  const leaf = server(underFirst)

  it('prefers the anchor that stands first, whatever the order of the chain is', () => {
    for (const [anchors, winner] of [
      [[first, second], 'CN=First Root'],
      [[second, first], 'CN=Second Root']
    ] as const) {
      const verdict = verdictOn({ chain: [leaf, underFirst, underSecond], caBundle: anchors })
      expect(verdict.trustAnchor?.subject).toBe(winner)
    }
  })

  it('prefers the first anchor even over a shorter path to a later one', () => {
    const verdict = verdictOn({ chain: [leaf, underFirst], caBundle: [first, underSecond] })
    expect(verdict.trustAnchor?.subject).toBe('CN=First Root')
    expect(verdict.path).toHaveLength(3)
  })

  it('prefers the shortest path to the same anchor', () => {
    const cross = intermediate(second, 'First Root', { key: first.key })
    const verdict = verdictOn({ chain: [leaf, underFirst, cross, underSecond], caBundle: [second] })
    expect(verdict.path).toHaveLength(3)
  })

  it('takes the other way where the preferred one is not valid', () => {
    const expired = intermediate(first, 'Shared CA', { key, notAfter: '260101000000' })
    const verdict = verdictOn({ chain: [leaf, expired, underSecond], caBundle: [first, second] })
    expect(verdict.valid).toBe(true)
    expect(verdict.trustAnchor?.subject).toBe('CN=Second Root')
  })

  it('takes the newer cross-certificate where the root itself has expired', () => {
    const oldRoot = root('Old Root', { notAfter: '260101000000' })
    const newRoot = root('New Root')
    const cross = intermediate(newRoot, 'Old Root', { key: oldRoot.key })
    const middle = intermediate(oldRoot)
    const verdict = verdictOn({ chain: [server(middle), middle, cross], caBundle: [oldRoot, newRoot] })
    expect(verdict.valid).toBe(true)
    expect(verdict.trustAnchor?.subject).toBe('CN=New Root')
  })
})

describe('path building: key identifiers (RFC 5280 §4.2.1.1)', () => {
  const top = root()

  it('tries a candidate whose key identifier contradicts, last', () => {
    const misnamed = intermediate(top, 'CA', { keyIdentifiers: false })
    const leaf = server(misnamed)
    expect(verdictOn({ chain: [leaf, misnamed], caBundle: [top] }).valid).toBe(true)
  })

  it('sets aside another CA of the same name and says so', () => {
    const right = intermediate(top, 'CA')
    const wrong = intermediate(top, 'CA')
    const verdict = verdictOn({ chain: [server(right), wrong], caBundle: [top] })
    expect(errorsOf(verdict)).toEqual([['issuer-not-found', 0]])
    expect(verdict.errors[0]?.details['setAside']).toEqual(['chain[1] has the name, but another key'])
  })

  it('reports a signature that does not verify under the key that the identifiers name', () => {
    const middle = intermediate(top)
    const leaf = server(middle)
    const der = Uint8Array.from(leaf.der)
    der[der.length - 3] = (der[der.length - 3] ?? 0) ^ 1
    const verdict = verdictOn({ chain: [Buffer.from(der).toString('base64'), middle.pem], caBundle: [top] })
    expect(errorsOf(verdict)).toEqual([['signature-invalid', 0]])
    expect(verdict.path).toHaveLength(3)
  })
})

describe('path building: loops and meshes', () => {
  it('ends where two CAs sign each other and no root is reached', () => {
    const a = { name: commonName('A'), key: keyPair() }
    const b = { name: commonName('B'), key: keyPair() }
    const asIssuer = (each: typeof a): Issued => ({ ...each, der: new Uint8Array(), pem: '' })
    const aUnderB = intermediate(asIssuer(b), 'A', { key: a.key })
    const bUnderA = intermediate(asIssuer(a), 'B', { key: b.key })
    const verdict = verdictOn({ chain: [server(aUnderB), aUnderB, bUnderA], caBundle: [root()] })
    expect(verdict.outcome).toBe('invalid')
    expect(errorsOf(verdict)).toEqual([['issuer-not-found', 2]])
  })

  const mesh = (size: number): { readonly cas: readonly Issued[]; readonly certificates: readonly Issued[] } => {
    const cas = Array.from({ length: size }, (_, at) => root(`Mesh ${at}`))
    const certificates = cas.flatMap((issuer) =>
      cas.flatMap((subject, at) =>
        subject === issuer ? [] : [intermediate(issuer, `Mesh ${at}`, { key: subject.key })]
      )
    )
    return { cas, certificates }
  }

  it('finds the one way out of a mesh of cross-certificates', () => {
    const { cas, certificates } = mesh(8)
    const [entry, exit] = [cas[0], cas[7]]
    if (entry === undefined || exit === undefined) throw new Error('the mesh has no CAs')
    const top = root()
    const out = intermediate(top, 'Mesh 7', { key: exit.key })
    const verdict = verdictOn({ chain: [server(entry), ...certificates, out], caBundle: [top] })
    expect(verdict.valid).toBe(true)
    expect(verdict.path).toHaveLength(4)
  })

  it('gives up a mesh without a way out at once, since no name leads to an anchor', () => {
    const { cas, certificates } = mesh(8)
    const [entry] = cas
    if (entry === undefined) throw new Error('the mesh has no CAs')
    const verdict = verdictOn(
      { chain: [server(entry), ...certificates], caBundle: [root()] },
      { buildingSteps: 1, candidatePaths: 1 }
    )
    expect(verdict.outcome).toBe('invalid')
  })
})

describe('path building: limits', () => {
  const top = root()
  const line: Issued[] = []
  for (let at = 0; at < 6; at++) line.unshift(intermediate(line[0] ?? top, `CA ${at}`))
  const [lowest] = line
  const leaf = server(lowest ?? top)

  it('validates a path as deep as the limit', () => {
    expect(verdictOn({ chain: [leaf, ...line], caBundle: [top] }, { pathDepth: 8 }).valid).toBe(true)
  })

  it('is indeterminate beyond the limit of depth, and names it', () => {
    const verdict = verdictOn({ chain: [leaf, ...line], caBundle: [top] }, { pathDepth: 7 })
    expect(verdict.outcome).toBe('indeterminate')
    expect(verdict.errors.at(-1)).toMatchObject({ code: 'limit-reached', details: { limit: 'pathDepth', allowed: 7 } })
  })

  describe('that one judgement uses up', () => {
    const constrained = (base: string): Issued =>
      intermediate(top, 'CA', {
        extensions: [
          basicConstraints(true),
          keyUsage(certSignAndCrlSign),
          extension('2.5.29.30', sequence(tlv(0xa0, sequence(dnsName(base)))), true)
        ]
      })

    it('leave a valid path without errors', () => {
      const middle = constrained('example.test')
      const question = { chain: [server(middle), middle], caBundle: [top] }
      const verdict = verdictOn(question, { nameConstraintComparisons: 1 })
      expect(verdict.outcome).toBe('valid')
      expect(errorsOf(verdict)).toEqual([])
      expect(verdictOn(question, { nameConstraintComparisons: 0 }).outcome).toBe('indeterminate')
    })

    it('leave an invalid path its explanation', () => {
      const middle = constrained('example.com')
      const verdict = verdictOn({ chain: [server(middle), middle], caBundle: [top] }, { nameConstraintComparisons: 1 })
      expect(verdict.outcome).toBe('invalid')
      expect(errorsOf(verdict)).toEqual([['name-not-permitted', 0]])
    })
  })

  it('says that a root is not trusted, also where it stands at the limit of depth', () => {
    const middle = intermediate(top)
    const verdict = verdictOn({ chain: [server(middle), middle, top], caBundle: [root('Another')] }, { pathDepth: 3 })
    expect(errorsOf(verdict)).toEqual([['root-not-trusted', 2]])
  })

  it.each(['signatureChecks', 'buildingSteps'] as const)('is indeterminate when %s are spent', (limit) => {
    const verdict = verdictOn({ chain: [leaf, ...line], caBundle: [top] }, { [limit]: 3 })
    expect(verdict.outcome).toBe('indeterminate')
    expect(verdict.errors.at(-1)).toMatchObject({ code: 'limit-reached', details: { limit, allowed: 3 } })
  })

  it('answers valid where a path was found before a limit', () => {
    const other = root('Other Root')
    const key = keyPair()
    const direct = intermediate(top, 'Shared', { key })
    const cross = intermediate(other, 'Shared', { key })
    const chain = [server(direct), direct, cross]
    expect(verdictOn({ chain, caBundle: [other, top] }, { signatureChecks: 3 }).valid).toBe(true)
  })
})

describe('explanations: the best candidate and the others', () => {
  const top = root()
  const middle = intermediate(top, 'CA', { notAfter: '260101000000' })
  const leaf = server(middle, 'www.example.test', { notAfter: '260601000000' })

  it('reports every violation on the best candidate', () => {
    const verdict = verdictOn({ chain: [leaf, middle], caBundle: [top], hostname: 'other.example.test' })
    expect(errorsOf(verdict)).toEqual([
      ['expired', 0],
      ['expired', 1],
      ['hostname-mismatch', 0]
    ])
  })

  it('lists every candidate path with explain all, nearest to valid first', () => {
    const renewed = intermediate(top, 'CA', { key: middle.key })
    const verdict = verdictOn({ chain: [leaf, middle, renewed], caBundle: [top], explain: 'all' })
    expect(errorsOf(verdict)).toEqual([['expired', 0]])
    expect(verdict.attempts?.map(({ errors }) => errors.map(({ code }) => code))).toEqual([
      ['expired'],
      ['expired', 'expired']
    ])
  })

  it('leaves path and warnings out with explain none', () => {
    const verdict = verdictOn({ chain: [leaf, middle], caBundle: [top], explain: 'none' })
    expect(verdict.path).toEqual([])
    expect(verdict.errors).toHaveLength(2)
  })

  it('gives the same answer to the same request, byte for byte', () => {
    const question = { chain: [leaf, middle], caBundle: [top], explain: 'all' } as const
    expect(JSON.stringify(verdictOn(question))).toBe(JSON.stringify(verdictOn(question)))
  })
})
