import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { readCrl } from '#dist/core/decode/crl/crl.js'
import { trustStore } from '#dist/core/decode/input/trust-store.js'
import type { CrlCandidate } from '#dist/core/model/crl.js'
import { Knowledge } from '#dist/service/lanes/knowledge.js'
import { Notes } from '#dist/service/lanes/notes.js'
import { root } from '../../support/authority.ts'
import { crlOf } from '../../support/crls.ts'

const ca = root()
const read = readCertificate(ca.der)
const storeOf = (name: string) =>
  trustStore({
    name,
    version: null,
    anchors: read.ok ? [{ certificate: read.value, source: `trustStore:${name}` }] : []
  })
const crl = (): CrlCandidate => {
  const decoded = readCrl(crlOf({ issuer: ca }))
  if (!decoded.ok) throw new Error('a sound CRL cannot be read')
  return { crl: decoded.value, source: 'fetched:http://crl.example.test/' }
}
const gathered = (...crls: readonly CrlCandidate[]) => ({
  issuers: [],
  crls,
  ocspResponses: [],
  unreachable: new Map()
})

describe('what a process is told', () => {
  it('is told it once, and to each process', () => {
    const notes = new Notes(1_000_000)
    const [one, other] = [{}, {}]
    const [store, list] = [storeOf('a'), crl()]
    const told = notes.for(one, [store], gathered(list))
    expect(told.map(({ kind }) => kind)).toEqual(['store', 'crl'])
    expect(notes.for(one, [store], gathered(list))).toEqual([])
    expect(notes.for(other, [store], undefined)).toHaveLength(1)
    const knowledge = new Knowledge()
    for (const note of told) knowledge.take(structuredClone(note))
    expect(knowledge.store(notes.idOf(store))).toMatchObject({ name: 'a', digest: store.digest })
    expect(knowledge.crl(notes.idOf(list.crl)).issuer.text).toBe('CN=Test Root')
    expect(() => knowledge.crl(notes.idOf(store))).toThrow('not told')
  })

  it('is forgotten when it takes too much and was not needed for longest, but never what is needed now', () => {
    const [a, b, c] = [storeOf('a'), storeOf('b'), storeOf('c')]
    const notes = new Notes(ca.der.length * 2)
    const worker = {}
    notes.for(worker, [a], undefined)
    notes.for(worker, [b], undefined)
    notes.for(worker, [a], undefined)
    const told = notes.for(worker, [c], undefined)
    expect(told).toMatchObject([
      { kind: 'forget', ids: [notes.idOf(b)] },
      { kind: 'store', id: notes.idOf(c) }
    ])
    expect(notes.for(worker, [b, a, c], undefined)).toMatchObject([{ kind: 'store', id: notes.idOf(b) }])
    const knowledge = new Knowledge()
    knowledge.take({ kind: 'crl', id: 9, der: crlOf({ issuer: ca }) })
    knowledge.take({ kind: 'forget', ids: [9] })
    expect(() => knowledge.crl(9)).toThrow('not told')
  })
})
