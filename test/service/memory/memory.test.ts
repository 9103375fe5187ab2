import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { defaultLimits, type Limits } from '#dist/core/model/limits.js'
import { validate } from '#dist/core/validate.js'
import { Memory } from '#dist/service/memory/memory.js'
import { type Issued, intermediate, root, server } from '../../support/authority.ts'
import { testTime } from '../../support/verdicts.ts'

const authority = root()
const ca = intermediate(authority)
const leaf = server(ca)
/** The same to-be-signed part with a signature that is another one. */
const damaged = Uint8Array.from(leaf.der)
damaged.set([(damaged.at(-1) ?? 0) ^ 1], damaged.length - 1)

const ask = (
  memory: Memory | undefined,
  chain: string | readonly string[],
  limits: Partial<Limits> = {},
  anchor = authority
) =>
  validate({ chain, caBundle: anchor.pem, time: testTime }, [], {
    now: 0,
    securityLevel: 2,
    limits: { ...defaultLimits, ...limits },
    maxCertificates: 100,
    memory
  })

const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')
const chainOf = (...certificates: readonly Issued[]): readonly string[] => certificates.map(({ der }) => base64(der))

describe('what the service remembers', () => {
  it('verifies a signature once for all validations that meet it again', () => {
    const memory = new Memory(10_000_000)
    const chain = chainOf(leaf, ca)
    const answers = [0, 1, 2, 3].map(() => ask(memory, chain))
    // The first sees the certificates, the second keeps them; both verify leaf and intermediate.
    expect(memory.counts.signatures).toEqual({ hits: 4, misses: 4 })
    for (const answer of answers) expect(answer).toEqual(ask(undefined, chain))
  })

  it('does not take a damaged signature for the sound one that it knows, nor the other way round', () => {
    const memory = new Memory(10_000_000)
    const sound = chainOf(leaf, ca)
    const broken = [base64(damaged), base64(ca.der)]
    for (let times = 0; times < 4; times++) {
      for (const chain of [sound, broken]) expect(ask(memory, chain)).toEqual(ask(undefined, chain))
    }
    expect(memory.counts.signatures.hits).toBeGreaterThan(0)
  })

  it('does not take one key for another: another CA of the same name', () => {
    const memory = new Memory(10_000_000)
    const impostor = intermediate(root(), 'Test Intermediate')
    for (let times = 0; times < 4; times++) {
      for (const chain of [chainOf(leaf, ca), chainOf(leaf, impostor)])
        expect(ask(memory, chain)).toEqual(ask(undefined, chain))
    }
  })

  it('spends limits as if it remembered nothing', () => {
    const memory = new Memory(10_000_000)
    const chain = chainOf(leaf, ca)
    for (let times = 0; times < 3; times++) ask(memory, chain)
    const limited = ask(memory, chain, { signatureChecks: 1 })
    expect(limited).toEqual(ask(undefined, chain, { signatureChecks: 1 }))
    expect(limited).toMatchObject({ verdict: { outcome: 'indeterminate', errors: [{ code: 'limit-reached' }] } })
  })

  it('reads what stands above an end entity no more once it has come three times, and says the same of each', () => {
    const memory = new Memory(10_000_000)
    const rest = ca.pem + authority.pem
    const leaves = Array.from({ length: 5 }, () => server(ca))
    for (const each of leaves) expect(ask(memory, each.pem + rest)).toEqual(ask(undefined, each.pem + rest))
    // The first has the certificates seen, the second has them kept, and the third the text.
    expect(memory.counts.issuers).toMatchObject({ hits: 2, misses: 3, entries: 1 })
    expect(memory.counts.signatures).toEqual({ hits: 3, misses: 7 })
    const others = [server(intermediate(authority)), server(authority), intermediate(ca), root()]
    for (const each of others) expect(ask(memory, each.pem + rest)).toEqual(ask(undefined, each.pem + rest))
    const elsewhere = root()
    for (const each of leaves) {
      const [remembered, anew] = [memory, undefined].map((with_) => ask(with_, each.pem + rest, {}, elsewhere))
      expect(remembered).toEqual(anew)
      expect(anew).toMatchObject({ verdict: { outcome: 'invalid' } })
    }
    expect(memory.counts.issuers.hits).toBe(11)
  })

  it('has an eighth of its room for that', () => {
    const memory = new Memory(80_000_000)
    const kept = Array.from({ length: 20 }, (_, at) => intermediate(authority, `CA ${at}`))
    for (const each of kept) for (const _time of [0, 1, 2]) ask(memory, server(each).pem + each.pem)
    const { certificates, issuers } = memory.counts
    expect(issuers.entries).toBe(20)
    expect(issuers.bytes).toBeGreaterThan(20 * 4_096)
    const small = new Memory(8 * Math.floor(issuers.bytes / 2))
    for (const each of kept) for (const _time of [0, 1, 2]) ask(small, server(each).pem + each.pem)
    expect(small.counts.issuers.bytes).toBeLessThanOrEqual(issuers.bytes / 2)
    expect(small.counts.issuers.evicted).toBeGreaterThan(8)
    expect(small.counts.certificates.evicted).toBe(0)
    expect(certificates.entries).toBe(small.counts.certificates.entries)
  })

  it('remembers no signature of what it does not keep', () => {
    const memory = new Memory(10_000_000)
    const read = readCertificate(leaf.der)
    const key = readCertificate(ca.der)
    if (!read.ok || !key.ok || key.value.publicKey === undefined) throw new Error('unreadable')
    let found = 0
    const find = () => {
      found++
      return 'verifies' as const
    }
    for (let times = 0; times < 3; times++) memory.signature(read.value, key.value.publicKey, find)
    expect(found).toBe(3)
  })

  it('remembers nothing of what throws', () => {
    const memory = new Memory(10_000_000)
    memory.certificate(leaf.der)
    const kept = memory.certificate(leaf.der)
    const key = kept?.publicKey
    if (kept === undefined || key === undefined) throw new Error('unreadable')
    expect(() =>
      memory.signature(kept, key, () => {
        throw new Error('spent')
      })
    ).toThrow('spent')
    expect(memory.signature(kept, key, () => 'fails')).toBe('fails')
    expect(memory.signature(kept, key, () => 'verifies')).toBe('fails')
  })
})
