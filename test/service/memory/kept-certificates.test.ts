import { describe, expect, it } from 'vitest'
import { KeptCertificates } from '#dist/service/memory/kept-certificates.js'
import { alternativeNames, issue, root } from '../../support/authority.ts'

const made = Array.from({ length: 6 }, (_, at) => root(`Root ${at}`).der)
const [first = new Uint8Array(), second = new Uint8Array()] = made
const plenty = 10_000_000
/** What one of them is reckoned to take; the others differ by an octet or two, since the integers of a signature do. */
const one = 4_096 + 48 * first.length
const halfOfOne = Math.floor(one / 2)

const keep = (memory: KeptCertificates, der: Uint8Array) => {
  memory.get(der)
  return memory.get(der)?.certificate
}

describe('the certificates that are kept', () => {
  it('are those that came twice, as one object from then on', () => {
    const memory = new KeptCertificates(plenty)
    const once = memory.get(first)
    const twice = memory.get(first)
    expect(once?.kept).toBe(false)
    expect(twice?.kept).toBe(true)
    expect(twice?.certificate).not.toBe(once?.certificate)
    expect(memory.get(Uint8Array.from(first))?.certificate).toBe(twice?.certificate)
    expect(memory.counts).toEqual({ hits: 1, misses: 2, entries: 1, bytes: one, evicted: 0 })
  })

  it('say the same as when they are read anew', () => {
    const kept = keep(new KeptCertificates(plenty), first)
    expect(kept?.fingerprint).toBe(new KeptCertificates(plenty).get(first)?.certificate.fingerprint)
    expect(kept?.subject.text).toBe('CN=Root 0')
    expect(kept?.faults).toEqual([])
  })

  it('have octets of their own, which nobody else can change', () => {
    const memory = new KeptCertificates(plenty)
    const request = Uint8Array.from([...first, ...first])
    memory.get(request.subarray(0, first.length))
    const kept = memory.get(request.subarray(first.length))?.certificate
    request.fill(0)
    expect(kept?.der.buffer.byteLength).toBe(first.length)
    expect(memory.get(first)?.certificate).toBe(kept)
    expect(kept?.issuer.text).toBe('CN=Root 0')
  })

  it('take no more than the bytes allowed: the one that was asked for longest ago goes', () => {
    const memory = new KeptCertificates(3 * one + halfOfOne)
    for (const der of made.slice(0, 3)) keep(memory, der)
    memory.get(first)
    keep(memory, made[3] ?? first)
    expect(memory.counts).toMatchObject({ entries: 3, evicted: 1 })
    expect(memory.counts.bytes).toBeLessThanOrEqual(3 * one + halfOfOne)
    expect(memory.get(first)?.kept).toBe(true)
    expect(memory.counts.hits).toBe(2)
    memory.get(second)
    expect(memory.counts.hits).toBe(2)
  })

  it('are not displaced by what comes once', () => {
    const memory = new KeptCertificates(2 * one + halfOfOne)
    const kept = keep(memory, first)
    for (const der of made.slice(1)) memory.get(der)
    expect(memory.get(first)?.certificate).toBe(kept)
    expect(memory.counts).toMatchObject({ entries: 1, evicted: 0 })
  })

  it('are none where nothing may be kept, and none that are very large', () => {
    const nothing = new KeptCertificates(0)
    keep(nothing, first)
    expect(nothing.counts).toMatchObject({ entries: 0, bytes: 0, evicted: 1 })
    const names = Array.from({ length: 2_000 }, (_, at) => `host-${at}.example.test`)
    const large = issue({ subject: 'large', extensions: [alternativeNames(names)] }).der
    const memory = new KeptCertificates(plenty)
    expect(keep(memory, large)?.subjectAlternativeNames?.length).toBe(2_000)
    expect(memory.counts.entries).toBe(0)
  })

  it('are certificates: what is none is not kept, however often it comes', () => {
    const memory = new KeptCertificates(plenty)
    for (let times = 0; times < 3; times++) expect(memory.get(first.subarray(1))).toBeUndefined()
    expect(memory.counts.entries).toBe(0)
  })
})
