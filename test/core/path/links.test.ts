import { describe, expect, it } from 'vitest'
import { unconstrained } from '#dist/core/model/anchor-constraints.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import { fault } from '#dist/core/model/finding.js'
import type { Candidate, CheckContext } from '#dist/core/model/path.js'
import type { PublicKey } from '#dist/core/model/public-key.js'
import {
  anchoredPath,
  extend,
  keyHint,
  type Link,
  likeliestFirst,
  openPath,
  signed,
  startAt,
  weightOf,
  wouldLoop
} from '#dist/core/path/links.js'
import { name } from '../../support/names.ts'
import { type PlainFields, plainCertificate, plainContext } from '../../support/plain-certificate.ts'

const candidate = (certificate: Certificate, source = 'chain[0]'): Candidate => ({ certificate, source })
const named = (subject: string, key: number, der = 0): Certificate => ({
  ...plainCertificate({ spki: Uint8Array.of(key), der: Uint8Array.of(der) }),
  subject: name(['CN', subject])
})
const linked = (...certificates: readonly Certificate[]): Link => {
  const [target, ...above] = certificates.map((each) => candidate(each))
  if (target === undefined) throw new Error('a path has a target')
  return above.reduce(extend, startAt(target))
}

describe('a partial path', () => {
  it('becomes a path, end-entity first, of the depth of its certificates', () => {
    const [leaf, ca, root] = [named('leaf', 1), named('ca', 2), named('root', 3)]
    const link = linked(leaf, ca, root)
    expect(link.depth).toBe(3)
    expect(linked(leaf).depth).toBe(1)
    const path = openPath(link)
    expect(path.entries.map(({ certificate }) => certificate)).toEqual([leaf, ca, root])
    expect(path.anchored).toBe(false)
  })

  it('ends at an anchor, with what the store says of it', () => {
    const [leaf, ca, root] = [named('leaf', 1), named('ca', 2), named('root', 3)]
    const constraints = { ...unconstrained, distrustAfter: 7 }
    const path = anchoredPath(linked(leaf, ca), { ...candidate(root), constraints })
    expect(path.entries.map(({ certificate }) => certificate)).toEqual([leaf, ca, root])
    expect([path.anchored, path.anchorConstraints]).toEqual([true, constraints])
  })
})

describe('loops (RFC 4158 §2.4.2)', () => {
  const leaf = named('leaf', 1, 1)
  const ca = named('ca', 2, 2)

  it('are the same name with the same key again', () => {
    expect(wouldLoop(linked(leaf, ca), named('CA', 2, 3))).toBe(true)
    expect(wouldLoop(linked(leaf, ca, named('root', 3)), named('ca', 2, 3))).toBe(true)
    expect(wouldLoop(linked(leaf, ca), named('ca', 3, 3))).toBe(false)
    expect(wouldLoop(linked(leaf, ca), named('other', 2, 3))).toBe(false)
  })

  it('are the target again, but not its issuer of the same name and key', () => {
    expect(wouldLoop(linked(leaf, ca), leaf)).toBe(true)
    expect(wouldLoop(linked(leaf), leaf)).toBe(true)
    expect(wouldLoop(linked(leaf, ca), named('leaf', 1, 3))).toBe(false)
    expect(wouldLoop(linked(leaf), named('leaf', 1, 3))).toBe(false)
  })
})

describe('the weight of a path', () => {
  it('is one for ordinary certificates, and grows with the octets of all', () => {
    const weight = (...sizes: readonly number[]): number =>
      weightOf(openPath(linked(...sizes.map((size) => plainCertificate({ der: new Uint8Array(size) })))))
    const [mebi, half] = [2 ** 20, 2 ** 19]
    expect(weight(1000, 1000, 1000)).toBe(1)
    expect(weight(mebi)).toBeGreaterThan(8)
    expect(weight(mebi)).toBeLessThan(mebi / 10_000)
    expect(weight(half, half)).toBe(weight(mebi))
    expect(weight(mebi, mebi) - 1).toBe(2 * (weight(mebi) - 1))
    expect(weight(mebi, mebi - 1)).toBe(weight(mebi, mebi) - 1)
  })
})

describe('key identifiers as hints (RFC 5280 §4.2.1.1, RFC 4158 §3.5.12)', () => {
  const wanting = (keyIdentifier: string | undefined): PlainFields => ({
    authorityKeyIdentifier: { keyIdentifier, issuer: undefined, serialNumber: undefined }
  })
  const child = plainCertificate(wanting('aa'))
  const having = (subjectKeyIdentifier?: string) => plainCertificate({ subjectKeyIdentifier })

  it('match, contradict, or say nothing', () => {
    expect(keyHint(child, having('aa'))).toBe('match')
    expect(keyHint(child, having('ab'))).toBe('mismatch')
    expect(keyHint(child, having())).toBe('unknown')
    expect(keyHint(plainCertificate(), having('aa'))).toBe('unknown')
    expect(keyHint(plainCertificate(wanting(undefined)), having('aa'))).toBe('unknown')
    expect(keyHint(plainCertificate(), having())).toBe('unknown')
  })

  it('order issuers by likelihood, and the equally likely as they came', () => {
    const issuers = [having('bb'), having(), having('aa'), having('cc'), having(), having('aa')].map((each, at) =>
      candidate(each, `chain[${at}]`)
    )
    expect(likeliestFirst(child, issuers).map(({ source }) => source)).toEqual(
      [2, 5, 1, 4, 0, 3].map((at) => `chain[${at}]`)
    )
    expect(likeliestFirst(child, issuers.slice(0, 2)).map(({ source }) => source)).toEqual(['chain[1]', 'chain[0]'])
    expect(likeliestFirst(child, [])).toEqual([])
  })
})

describe('signatures while a path is built (RFC 5280 §6.1.3 (a)(1), §6.1.4 (d) to (f))', () => {
  const refusing: CheckContext = {
    ...plainContext(),
    verify: () => fault('signature-invalid', { algorithm: 'any' })
  }
  const octets = new Uint8Array()
  const ed25519: PublicKey = { type: 'ed25519', spki: octets, bits: 256 }
  const dsa = (parameters: Uint8Array | undefined): PublicKey =>
    ({ type: 'dsa', spki: octets, bits: 2048, parameters, value: octets }) as PublicKey
  const child = plainCertificate()
  const issuer = (publicKey: PublicKey | undefined): Certificate => plainCertificate({ publicKey })

  it('are those that verify under the issuer’s key', () => {
    expect(signed(child, issuer(ed25519), plainContext())).toBe(true)
    expect(signed(child, issuer(ed25519), refusing)).toBe(false)
    expect(signed(child, issuer(dsa(octets)), refusing)).toBe(false)
  })

  it('never are under a key that cannot be read', () => {
    expect(signed(child, issuer(undefined), plainContext())).toBe(false)
  })

  it('wait for the whole path under a DSA key that inherits its parameters', () => {
    expect(signed(child, issuer(dsa(undefined)), refusing)).toBe(true)
  })
})
