import { PairMemo } from '../match/pair-memo.ts'
import type { Certificate } from '../model/certificate.ts'
import type { Candidate } from '../model/path.ts'
import type { TrustAnchor, TrustStore } from '../model/trust-store.ts'
import { bySubject, type CandidatesBySubject, lasts } from './by-subject.ts'
import { keyHint } from './links.ts'

/** A trust anchor with its place in the order of preference: that of its store, then its place in the store. */
export interface RankedAnchor extends TrustAnchor {
  readonly rank: number
}

const anchorsInAStore = 2 ** 32

const nobody: readonly never[] = []

/**
 * Who may have issued whom, by names alone (RFC 4158 §3.2): the candidates and the trust anchors by subject, and for
 * each name the best anchor that a path through it could end at.
 */
export class NameGraph {
  readonly #stores: readonly TrustStore[]
  readonly #bySubject: CandidatesBySubject
  readonly #except: ReadonlySet<string>
  readonly #byKey = new Map<string, ReadonlyMap<string | undefined, readonly Candidate[]>>()
  /** Of the names above the target: what is asked of others is not kept, for the graph may be. */
  readonly #anchors = new Map<string, readonly RankedAnchor[]>()
  readonly #bestRank: ReadonlyMap<string, number>

  /** `except` are fingerprints of candidates that are left out. */
  constructor(
    target: Certificate,
    candidates: readonly Candidate[] | CandidatesBySubject,
    stores: readonly TrustStore[],
    except: ReadonlySet<string> = new Set()
  ) {
    this.#stores = stores
    this.#bySubject = 'get' in candidates ? candidates : bySubject(candidates)
    this.#except = except
    this.#bestRank = this.#rankNames(this.#namesAbove(target))
  }

  /** Candidates with that subject, each certificate once, in the order in which they came. */
  issuersNamed(key: string): readonly Candidate[] {
    const named = this.#bySubject.get(key) ?? nobody
    return this.#except.size === 0
      ? named
      : named.filter(({ certificate }) => !this.#except.has(certificate.fingerprint))
  }

  /** Candidates with the name of a certificate's issuer that its key identifier does not speak against, likeliest first. */
  likelyIssuers(child: Certificate): readonly Candidate[] {
    const wanted = child.authorityKeyIdentifier?.keyIdentifier
    if (wanted === undefined) return this.issuersNamed(child.issuer.key)
    const named = this.issuersNamed(child.issuer.key)
    if (named.length < 2) return named.filter(({ certificate }) => keyHint(child, certificate) !== 'mismatch')
    const byKey = this.#issuersByKey(child.issuer.key)
    return [...(byKey.get(wanted) ?? []), ...(byKey.get(undefined) ?? [])]
  }

  /** Those that it speaks against. */
  unlikelyIssuers(child: Certificate): readonly Candidate[] {
    const named = this.issuersNamed(child.issuer.key)
    if (this.likelyIssuers(child).length === named.length) return []
    return named.filter(({ certificate }) => keyHint(child, certificate) === 'mismatch')
  }

  /** Candidates with that subject by their key identifiers: in a mesh of cross-certificates they are many. */
  #issuersByKey(key: string): ReadonlyMap<string | undefined, readonly Candidate[]> {
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const made = Map.groupBy(this.issuersNamed(key), ({ certificate }) => certificate.subjectKeyIdentifier)
    this.#byKey.set(key, made)
    return made
  }

  /** Trust anchors with that subject, best first. */
  anchorsNamed(key: string): readonly RankedAnchor[] {
    return this.#anchors.get(key) ?? this.#findAnchors(key)
  }

  #findAnchors(key: string): readonly RankedAnchor[] {
    const found: RankedAnchor[] = []
    for (const [at, store] of this.#stores.entries()) {
      for (const { certificate, source, constraints, place } of store.anchorsBySubject.get(key) ?? nobody) {
        found.push({ certificate, source, constraints, rank: at * anchorsInAStore + place })
      }
    }
    return found
  }

  /** The rank of the best anchor that names allow for a certificate of that issuer; undefined where none can be reached. */
  bestRankAbove(issuerKey: string): number | undefined {
    return this.#bestRank.get(issuerKey)
  }

  /** The names of all who may stand above the target. */
  #namesAbove(target: Certificate): readonly string[] {
    const names = new Set([target.issuer.key])
    for (const name of names) {
      for (const { certificate } of this.issuersNamed(name)) names.add(certificate.issuer.key)
    }
    return [...names]
  }

  /** Walks from the anchors down, best anchor first, so that the first rank a name gets is its best. */
  #rankNames(names: readonly string[]): ReadonlyMap<string, number> {
    const namesBelow = new Map<string, string[]>()
    for (const subject of names) {
      for (const { certificate } of this.issuersNamed(subject)) {
        const below = namesBelow.get(certificate.issuer.key)
        if (below === undefined) namesBelow.set(certificate.issuer.key, [subject])
        else below.push(subject)
      }
    }
    const starts: { readonly name: string; readonly rank: number }[] = []
    for (const name of names) {
      const anchors = this.#findAnchors(name)
      this.#anchors.set(name, anchors)
      const [best] = anchors
      if (best !== undefined) starts.push({ name, rank: best.rank })
    }
    starts.sort((one, other) => one.rank - other.rank)
    const ranks = new Map<string, number>()
    for (const { name, rank } of starts) {
      const reached = [name]
      for (let next = reached.pop(); next !== undefined; next = reached.pop()) {
        if (ranks.has(next)) continue
        ranks.set(next, rank)
        reached.push(...(namesBelow.get(next) ?? nobody))
      }
    }
    return ranks
  }
}

const graphs = new PairMemo<CandidatesBySubject, TrustStore, Map<string, NameGraph>>()

/**
 * The graph above a certificate. Of the certificate it has nothing but the name of its issuer: it is that of an earlier request where
 * the same candidates come again for the same name, before the one store that there is.
 */
export const graphAbove = (
  target: Certificate,
  candidates: readonly Candidate[] | CandidatesBySubject,
  stores: readonly TrustStore[]
): NameGraph => {
  const [store] = stores
  if (!('get' in candidates && lasts(candidates)) || store === undefined || stores.length > 1) {
    return new NameGraph(target, candidates, stores)
  }
  const known = graphs.get(candidates, store, () => new Map())
  const name = target.issuer.key
  const graph = known.get(name)
  if (graph !== undefined) return graph
  const made = new NameGraph(target, candidates, stores)
  known.clear()
  known.set(name, made)
  return made
}
