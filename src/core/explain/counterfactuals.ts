import { trustStore } from '../decode/input/trust-store.ts'
import type { Json } from '../model/code-row.ts'
import { formatInstant } from '../model/instant.ts'
import { LimitReached } from '../model/limits.ts'
import type { ValidationOptions } from '../model/options.ts'
import type { Candidate } from '../model/path.ts'
import type { ValidationRequest } from '../model/request.ts'
import type { TrustStore } from '../model/trust-store.ts'
import type { Counterfactual } from '../model/verdict.ts'
import type { JudgedPath } from '../path/judge.ts'
import { certificatesPem } from '../write/pem.ts'
import { type Material, type Mend, mendsOf } from './mends.ts'
import { nearestTime } from './nearest-time.ts'
import type { Change, Trials } from './trials.ts'

/** How many candidate paths are mended, how many ways each, and how many are told. */
const mostPaths = 8
const mostWays = 6
const mostTold = 6

/** What is known of the request beside the question. */
export interface Asked extends Omit<Material, 'path'> {
  /** The options of a request that was changed; undefined where that request would be refused. */
  readonly optionsOf: (request: ValidationRequest) => ValidationOptions | undefined
}

/**
 * The smallest changes of the request with which it would be valid, each found by validating again. A candidate path counts whose every
 * error has a mend; those with the fewest changes come first.
 */
export const counterfactuals = (
  trials: Trials,
  attempts: readonly JudgedPath[],
  asked: Asked
): readonly Counterfactual[] => {
  const found = new Map<string, Counterfactual>()
  try {
    for (const way of waysOf(attempts, asked)) {
      if (found.size >= mostTold) break
      const told = tried(trials, way, attempts, asked)
      if (told !== undefined) found.set(JSON.stringify([told.set, told.add]), told)
    }
  } catch (thrown) {
    if (!(thrown instanceof LimitReached)) throw thrown
  }
  return [...found.values()].sort((one, other) => one.changes.length - other.changes.length)
}

type Way = readonly Mend[]

/** For each path the first mend of every error, then the second where there is one, and so on. */
function* waysOf(attempts: readonly JudgedPath[], asked: Asked): Iterable<Way> {
  const seen = new Set<string>()
  for (const { path, errors } of attempts.slice(0, mostPaths)) {
    const choices = errors.map((error) => mendsOf(error, { ...asked, path }))
    if (choices.length === 0 || choices.some((mends) => mends.length === 0)) continue
    const ways = Math.min(mostWays, Math.max(...choices.map((mends) => mends.length)))
    for (let at = 0; at < ways; at++) {
      const way = merged(choices.flatMap((mends) => mends[Math.min(at, mends.length - 1)] ?? []))
      const key = JSON.stringify(
        way.map(({ kind, message, anchor }) => [kind, message, anchor?.certificate.fingerprint])
      )
      if (seen.has(key)) continue
      seen.add(key)
      yield way
    }
  }
}

/** One mend of each kind: of levels the lowest, of others the last, for the trial decides. */
const merged = (mends: Way): Way => {
  const byKind = new Map<string, Mend>()
  const level = ({ set = {} }: Mend): number => Number(set['securityLevel'] ?? 0)
  for (const mend of mends) {
    const known = byKind.get(mend.kind)
    if (known === undefined || mend.kind !== 'securityLevel' || level(mend) < level(known)) byKind.set(mend.kind, mend)
  }
  return [...byKind.values()]
}

const tried = (
  trials: Trials,
  way: Way,
  attempts: readonly JudgedPath[],
  { request, optionsOf }: Asked
): Counterfactual | undefined => {
  const { stores } = trials.subject
  const anchors = way.flatMap(({ anchor }) => anchor ?? [])
  const named = way.flatMap(({ store }) => store ?? [])
  const trusted = [...(anchors.length === 0 ? stores : withAnchors(stores, anchors)), ...named]
  const set: { [field: string]: Json } = Object.assign({}, ...way.map((mend) => mend.set ?? {}))
  const names = [...stores, ...named].flatMap(({ name }) => name ?? [])
  const needsNames =
    named.length > 0 || (anchors.length > 0 && request.caBundle === undefined && request.trustStores === undefined)
  if (needsNames && (names.length > 0 || request.caBundle !== undefined)) set['trustStores'] = names
  const options = optionsOf(patched(request, set))
  if (options === undefined) return undefined
  const issuers = way.flatMap((mend) => mend.issuers ?? [])
  const change: Change = {
    options,
    ...(trusted.length === stores.length && anchors.length === 0 ? {} : { stores: trusted }),
    ...(issuers.length === 0 ? {} : { candidates: issuers })
  }
  const atTime = way.some(({ kind }) => kind === 'time') ? nearestTime(trials, attempts, change) : undefined
  if (atTime !== undefined) set['time'] = formatInstant(atTime.time)
  else if (way.some(({ kind }) => kind === 'time')) return undefined
  const valid = atTime?.valid ?? trials.validPath(change)
  if (valid === undefined) return undefined
  const sent = valid.path.entries.filter(({ certificate }) =>
    issuers.some((issuer) => issuer.certificate === certificate)
  )
  return {
    changes: way.map(({ kind, message }) => ({
      kind,
      message: atTime !== undefined && kind === 'time' ? `Validate at ${formatInstant(atTime.time)}.` : message
    })),
    set,
    add: { ...pemOf('caBundle', anchors), ...pemOf('intermediates', sent) }
  }
}

const pemOf = (field: string, candidates: readonly Candidate[]): { readonly [field: string]: string } =>
  candidates.length === 0 ? {} : { [field]: certificatesPem(candidates.map(({ certificate }) => certificate.der)) }

/** RFC 7396, where what is set has no null within. */
const patched = (request: ValidationRequest, set: { readonly [field: string]: Json }): ValidationRequest =>
  Object.fromEntries(
    Object.entries({ ...request, ...set }).filter(([, value]) => value !== null)
  ) as unknown as ValidationRequest

/** The request's own bundle with more certificates at its end; it comes before the stores. */
const withAnchors = (stores: readonly TrustStore[], anchors: readonly Candidate[]): readonly TrustStore[] => {
  const own = stores.find(({ name }) => name === null)
  const kept = own?.anchors ?? []
  const added = anchors.map(({ certificate }, at) => ({ certificate, source: `caBundle[${kept.length + at}]` }))
  const bundle = trustStore({ name: null, version: null, anchors: [...kept, ...added] })
  return [bundle, ...stores.filter((store) => store !== own)]
}
