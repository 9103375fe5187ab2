import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import type { TrustAnchor } from '#dist/core/model/trust-store.js'
import { KeptIssuers } from '#dist/service/memory/kept-issuers.js'
import { type Issued, intermediate, root } from '../../support/authority.ts'

const authorities = Array.from({ length: 5 }, (_, at) => root(`Root ${at}`))
const [first = root()] = authorities
const anchor = ({ der }: Issued, at: number): TrustAnchor => {
  const read = readCertificate(der)
  if (!read.ok) throw new Error(read.reason)
  return { certificate: read.value, source: `chain[${at + 1}]`, constraints: undefined }
}
const anchors = (...issued: readonly Issued[]): readonly TrustAnchor[] => issued.map(anchor)
const bytesOf = ({ pem, der }: Issued): number => pem.length + 2 * 4_096 + 48 * der.length

/** Offers it twice: it is taken the second time. */
const keep = (issuers: KeptIssuers, issued: Issued): boolean => {
  const certificates = anchors(issued)
  expect(issuers.takes(issued.pem, certificates)).toBe(false)
  const taken = issuers.takes(issued.pem, certificates)
  if (taken) issuers.set(issued.pem, certificates)
  return taken
}

describe('the rests of chains that are kept', () => {
  it('are found by all of their text', () => {
    const issuers = new KeptIssuers(10_000_000, () => true)
    const certificates = anchors(first)
    issuers.set(first.pem, certificates)
    expect(issuers.get(`${first.pem} `.slice(0, -1))).toBe(certificates)
    for (const text of [first.pem.slice(1), `${first.pem}\n`, first.pem.replace('M', 'N'), '']) {
      expect(issuers.get(text)).toBeUndefined()
    }
    expect(issuers.counts).toEqual({ hits: 1, misses: 4, entries: 1, bytes: bytesOf(first), evicted: 0 })
  })

  it('have certificates alone that are kept themselves', () => {
    const [one, other] = anchors(first, intermediate(first))
    if (one === undefined || other === undefined) throw new Error('no anchors')
    const issuers = new KeptIssuers(10_000_000, (certificate) => certificate === one.certificate)
    for (const [certificates, taken] of [
      [[one], true],
      [[one, other], false],
      [[], false]
    ] as const) {
      const text = `text of ${certificates.length}`
      for (const again of [false, true]) expect(issuers.takes(text, certificates), text).toBe(again && taken)
    }
  })

  it('take no more than the bytes allowed: what was asked for longest ago goes', () => {
    const most = authorities.slice(0, 3).reduce((sum, each) => sum + bytesOf(each), 1_000)
    const issuers = new KeptIssuers(most, () => true)
    for (const each of authorities.slice(0, 3)) expect(keep(issuers, each)).toBe(true)
    issuers.get(first.pem)
    for (const each of authorities.slice(3)) expect(keep(issuers, each)).toBe(true)
    expect(issuers.counts.bytes).toBeLessThanOrEqual(most)
    expect(issuers.counts.evicted).toBe(2)
    expect(issuers.get(first.pem)).toBeDefined()
  })

  it('are none that take more than all of these, or that are longer than such chains are', () => {
    expect(keep(new KeptIssuers(bytesOf(first) - 1, () => true), first)).toBe(false)
    expect(keep(new KeptIssuers(bytesOf(first), () => true), first)).toBe(true)
    const issuers = new KeptIssuers(1_000_000_000, () => true)
    for (const [length, taken] of [
      [16_000, true],
      [16_001, false]
    ] as const) {
      const text = first.pem.padEnd(length)
      for (const again of [false, true]) expect(issuers.takes(text, anchors(first))).toBe(again && taken)
      issuers.get(text)
    }
    expect(issuers.counts.misses).toBe(1)
  })
})
