import { describe, expect, it } from 'vitest'
import { trustStore } from '#dist/core/decode/input/trust-store.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import type { Candidate } from '#dist/core/model/path.js'
import type { TrustStore } from '#dist/core/model/trust-store.js'
import { bySubject, bySubjectOfBoth } from '#dist/core/path/by-subject.js'
import { graphAbove, NameGraph } from '#dist/core/path/graph.js'
import { name } from '../../support/names.ts'
import { plainCertificate } from '../../support/plain-certificate.ts'

let serial = 0
const certificate = (subject: string, issuer: string): Certificate => ({
  ...plainCertificate({ der: Uint8Array.of(++serial), fingerprint: `${serial}` }),
  subject: name(['CN', subject]),
  issuer: name(['CN', issuer])
})
const candidates = (...certificates: readonly Certificate[]): readonly Candidate[] =>
  certificates.map((each, at) => ({ certificate: each, source: `chain[${at}]` }))
const store = (label: string, ...certificates: readonly Certificate[]): TrustStore =>
  trustStore({
    name: label,
    version: null,
    anchors: certificates.map((each, at) => ({ certificate: each, source: `${label}[${at}]` }))
  })
const key = (text: string): string => name(['CN', text]).key
const sources = (found: readonly Candidate[]): readonly string[] => found.map(({ source }) => source)

const leaf = certificate('leaf', 'A')

describe('issuers by name (RFC 4158 §3.2)', () => {
  it('are the candidates with that subject, each once, as they came', () => {
    const [one, two, other] = [certificate('A', 'R'), certificate('a', 'S'), certificate('B', 'R')]
    const graph = new NameGraph(leaf, candidates(one, other, one, two), [])
    expect(sources(graph.issuersNamed(key('A')))).toEqual(['chain[0]', 'chain[3]'])
    expect(sources(graph.issuersNamed(key('B')))).toEqual(['chain[1]'])
    expect(graph.issuersNamed(key('C'))).toEqual([])
  })

  it('are each certificate once, by its fingerprint', () => {
    const of = (fingerprint: string): Certificate => ({ ...certificate('A', 'R'), fingerprint })
    const graph = new NameGraph(leaf, candidates(of('01'), of('01'), of('02')), [])
    expect(sources(graph.issuersNamed(key('A')))).toEqual(['chain[0]', 'chain[2]'])
  })
})

describe('candidates of two lists', () => {
  it('are found as those of one, each certificate once, those of the first before those of the second', () => {
    const [one, two, three, other] = ['R', 'S', 'T', 'R'].map((issuer, at) => certificate(at === 3 ? 'B' : 'A', issuer))
    if (one === undefined || two === undefined || three === undefined || other === undefined)
      throw new Error('no lists')
    const [first, second] = [candidates(two, one), candidates(one, three, other)]
    for (const list of [first, candidates(three), []]) {
      const whole = bySubject([...list, ...second])
      const both = bySubjectOfBoth(list, second)
      for (const subject of ['A', 'B', 'A', 'C'].map(key)) expect(both.get(subject)).toEqual(whole.get(subject))
    }
    const graph = new NameGraph(leaf, bySubjectOfBoth(first, second), [])
    expect(graph.issuersNamed(key('A')).map(({ certificate }) => certificate)).toEqual([two, one, three])
  })
})

describe('issuers by key identifier (RFC 5280 §4.2.1.1)', () => {
  const having = (subjectKeyIdentifier: string | undefined): Certificate => ({
    ...certificate('A', 'R'),
    subjectKeyIdentifier
  })
  const wanting = (keyIdentifier: string | undefined): Certificate => ({
    ...leaf,
    authorityKeyIdentifier: { keyIdentifier, issuer: undefined, serialNumber: undefined }
  })
  const all = candidates(having('bb'), having(undefined), having('aa'), having('cc'), having('aa'))

  it('are likely where it names them or they have none, and unlikely where it contradicts', () => {
    const graph = new NameGraph(leaf, all, [])
    const child = wanting('aa')
    expect(sources(graph.likelyIssuers(child))).toEqual(['chain[2]', 'chain[4]', 'chain[1]'])
    expect(sources(graph.unlikelyIssuers(child))).toEqual(['chain[0]', 'chain[3]'])
    expect(sources(graph.likelyIssuers(wanting('dd')))).toEqual(['chain[1]'])
  })

  it('are all likely where the certificate asks for none', () => {
    const graph = new NameGraph(leaf, all, [])
    for (const child of [leaf, wanting(undefined)]) {
      expect(graph.likelyIssuers(child)).toEqual(all)
      expect(graph.unlikelyIssuers(child)).toEqual([])
    }
  })
})

describe('trust anchors by name', () => {
  it('come in the order of their stores, and of their places there', () => {
    const [r1, r2, r3] = [certificate('R', 'R'), certificate('R', 'R'), certificate('R', 'R')]
    const stores = [store('first', certificate('X', 'X'), r1), store('second', r2, r3)]
    const graph = new NameGraph(certificate('leaf', 'R'), [], stores)
    const found = graph.anchorsNamed(key('r'))
    expect(sources(found)).toEqual(['first[1]', 'second[0]', 'second[1]'])
    const ranks = found.map(({ rank }) => rank)
    expect(ranks).toEqual([...ranks].sort((one, other) => one - other))
    expect(new Set(ranks).size).toBe(3)
    expect(graph.anchorsNamed(key('R'))).toBe(found)
    expect(graph.anchorsNamed(key('Y'))).toEqual([])
  })
})

describe('the best anchor that names allow', () => {
  const stores = [
    store('first', certificate('R1', 'R1'), certificate('R2', 'R2')),
    store('second', certificate('R3', 'R3'))
  ]
  const rankOf = (graph: NameGraph, text: string): number | undefined => graph.anchorsNamed(key(text))[0]?.rank

  it('is the one above, over as many issuers as there are', () => {
    const graph = new NameGraph(leaf, candidates(certificate('A', 'B'), certificate('B', 'R2')), stores)
    for (const each of ['A', 'B', 'R2']) expect(graph.bestRankAbove(key(each)), each).toBe(rankOf(graph, 'R2'))
  })

  it('is the one that stands first where several can be reached', () => {
    const several = candidates(certificate('A', 'R3'), certificate('A', 'R1'), certificate('A', 'R2'))
    const graph = new NameGraph(leaf, several, stores)
    expect(graph.bestRankAbove(key('A'))).toBe(rankOf(graph, 'R1'))
    expect(graph.bestRankAbove(key('R3'))).toBe(rankOf(graph, 'R3'))
    expect(rankOf(graph, 'R1')).toBeLessThan(rankOf(graph, 'R3') ?? 0)
  })

  it('is none where no name leads to an anchor, or the name is not above the target', () => {
    const some = candidates(certificate('A', 'B'), certificate('B', 'A'), certificate('C', 'R1'))
    const graph = new NameGraph(leaf, some, stores)
    for (const each of ['A', 'B', 'C', 'R1']) expect(graph.bestRankAbove(key(each)), each).toBeUndefined()
  })

  it('is found for all of a name’s issuers in a mesh', () => {
    const mesh = ['A', 'B', 'C'].flatMap((one) => ['A', 'B', 'C'].map((other) => certificate(one, other)))
    const graph = new NameGraph(leaf, candidates(...mesh, certificate('C', 'R3')), stores)
    for (const each of ['A', 'B', 'C', 'R3']) expect(graph.bestRankAbove(key(each)), each).toBe(rankOf(graph, 'R3'))
  })

  it('is an anchor of the issuer’s name itself, though the candidates lead to another', () => {
    const anchors = [store('first', certificate('R1', 'R1'), certificate('A', 'A'))]
    const graph = new NameGraph(leaf, candidates(certificate('A', 'R1')), anchors)
    expect(graph.bestRankAbove(key('A'))).toBe(rankOf(graph, 'R1'))
    expect(new NameGraph(leaf, [], anchors).bestRankAbove(key('A'))).toBe(rankOf(graph, 'A'))
  })
})

describe('the graph above a certificate', () => {
  const list = candidates(certificate('A', 'R1'), certificate('B', 'R2'))
  const index = bySubjectOfBoth(list, [], true)
  const stores = [store('first', certificate('R1', 'R1'), certificate('R2', 'R2'))]

  it('is made once for all that the same name has issued, where the candidates come again before the same store', () => {
    const graph = graphAbove(leaf, index, stores)
    expect(graphAbove(certificate('other leaf', 'a'), bySubjectOfBoth(list, [], true), [...stores])).toBe(graph)
    expect(graph.bestRankAbove(key('A'))).toBeDefined()
    // Names that do not stand above it leave nothing in it.
    expect(graph.anchorsNamed(key('R1'))).toBe(graph.anchorsNamed(key('R1')))
    expect(graph.anchorsNamed(key('R2'))).toEqual(graph.anchorsNamed(key('R2')))
    expect(graph.anchorsNamed(key('R2'))).not.toBe(graph.anchorsNamed(key('R2')))
    expect(graph.anchorsNamed(key('R2'))).toHaveLength(1)
  })

  it('is kept for the last name alone', () => {
    const graph = graphAbove(leaf, index, stores)
    graphAbove(certificate('leaf', 'B'), index, stores)
    expect(graphAbove(leaf, index, stores)).not.toBe(graph)
  })

  it('is another above another name, with other candidates, and before other stores', () => {
    const graph = graphAbove(leaf, index, stores)
    const other = graphAbove(certificate('leaf', 'B'), index, stores)
    expect(graph.bestRankAbove(key('B'))).toBeUndefined()
    expect(other.bestRankAbove(key('B'))).toBeDefined()
    expect(other.bestRankAbove(key('A'))).toBeUndefined()
    expect(graphAbove(leaf, index, [store('second')]).bestRankAbove(key('A'))).toBeUndefined()
    expect(graphAbove(leaf, bySubjectOfBoth([], [], true), stores).bestRankAbove(key('R1'))).toBeUndefined()
  })

  it('is not kept of candidates that come once, nor before several stores or none', () => {
    for (const [candidates, before] of [
      [list, stores],
      [bySubjectOfBoth(list, []), stores],
      [bySubjectOfBoth(list, list, true), stores],
      [index, [...stores, ...stores]],
      [index, []]
    ] as const) {
      expect(graphAbove(leaf, candidates, before)).not.toBe(graphAbove(leaf, candidates, before))
    }
  })
})
