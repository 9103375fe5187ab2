import type { Limits } from '../core/model/limits.ts'
import type { ValidationMemory } from '../core/model/memory.ts'
import type { Holding } from '../core/model/moment.ts'
import type { SecurityLevel } from '../core/model/options.ts'
import type {
  Judgement,
  Outcome,
  Refusal,
  RefusalCode,
  Validate,
  ValidationRequest,
  ValidationSettings
} from '../core/model/request.ts'
import type { TrustStore } from '../core/model/trust-store.ts'
import type { Verdict } from '../core/model/verdict.ts'
import type { Gathered } from '../core/model/wanted.ts'
import type { TrustRegistry } from '../trust/registry.ts'
import { type ClientVerdict, forClient } from './audience.ts'
import { completed, type Gatherer } from './completion.ts'

export type Answer =
  | {
      readonly kind: 'verdict'
      readonly verdict: Verdict | ClientVerdict
      /** As a judgement has it: left out where the answer must not be kept. */
      readonly holds?: Holding | undefined
    }
  | Refusal

/** Validates certificates with the trust stores of the service, and knows whether it can. */
export interface ValidationService {
  /** Answers at once what is refused before the core is asked, and the rest as soon as the core does. */
  validate(request: ValidationRequest): Answer | Promise<Answer>
  /** Why the service cannot validate, a sentence each; empty where it can. */
  notReady(): readonly string[]
}

/** What the service is made of. */
export interface ValidationParts {
  /** The core, which may answer later: what is large is judged in another process. */
  readonly validate: (...question: Parameters<Validate>) => Outcome | Promise<Outcome>
  /** The trust stores: a validation goes on with those that it found there when it began. */
  readonly registry: TrustRegistry
  /** For requests that name none; one that can be uploaded need not be there. */
  readonly defaultStores: readonly string[]
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly clock: () => number
  readonly securityLevel: SecurityLevel
  readonly limits: Limits
  readonly maxCertificates: number
  /** Begins to gather for one validation; undefined where fetching is switched off. */
  readonly gathering: (() => Gatherer) | undefined
  /** What is remembered from one validation to the next; left out for nothing. */
  readonly memory?: ValidationMemory | undefined
}

export const validationService = (parts: ValidationParts): ValidationService => ({
  validate(request) {
    const stores = storesOf(request, parts)
    if ('kind' in stores) return stores
    const { gathering } = parts
    const otherStores = request.explain === 'all' ? othersOf(parts.registry, stores) : []
    const judge = (gathered?: Gathered): Outcome | Promise<Outcome> =>
      parts.validate(request, stores, { ...settingsOf(parts), otherStores }, gathered)
    const answer = (outcome: Outcome): Answer => {
      if (outcome.kind === 'refusal') return outcome
      const { verdict, holds } = outcome
      return { kind: 'verdict', verdict: request.audience === 'client' ? forClient(verdict) : verdict, holds }
    }
    const complete = (outcome: Outcome): Answer | Promise<Answer> => {
      if (gathering === undefined || outcome.kind === 'refusal' || (outcome.wanted ?? []).length === 0)
        return answer(outcome)
      return completed<Judgement>(outcome, gathering, judge).then((done) => {
        if (done.kind === 'refusal') return done
        const { judgement, reports } = done
        const { verdict } = judgement
        return answer(reports.length === 0 ? judgement : { ...judgement, verdict: { ...verdict, fetches: reports } })
      })
    }
    const outcome = judge()
    return outcome instanceof Promise ? outcome.then(complete) : complete(outcome)
  },

  notReady() {
    return parts.defaultStores.flatMap((name) => {
      const snapshot = parts.registry.get(name)
      if (snapshot === undefined) return [`The default trust store ${name} is not there.`]
      return snapshot.store.anchors.length === 0 ? [`The default trust store ${name} holds no certificate.`] : []
    })
  }
})

/** The stores of the service that a request does not ask: an explanation may name them. */
const othersOf = (registry: TrustRegistry, asked: readonly TrustStore[]): readonly TrustStore[] =>
  [...registry.snapshots.values()].map(({ store }) => store).filter((store) => !asked.includes(store))

/** What the core is given beside the request, at this moment. */
export const settingsOf = (parts: Omit<ValidationParts, 'validate'>): ValidationSettings => {
  const { securityLevel, limits, maxCertificates, memory, clock, gathering } = parts
  return { now: clock(), securityLevel, limits, maxCertificates, memory, fetching: gathering !== undefined }
}

/** The stores that a request is held to: those it names, else the default ones unless it brings a bundle of its own. */
export const storesOf = (
  request: ValidationRequest,
  parts: Pick<ValidationParts, 'registry' | 'defaultStores'>
): readonly TrustStore[] | Refusal => {
  if (request.preset !== undefined) return refusal('field-invalid', '/preset', 'This service keeps no presets.')
  const names = request.trustStores ?? (request.caBundle === undefined ? parts.defaultStores : [])
  const chosen = new Set<TrustStore>()
  for (const [index, name] of names.entries()) {
    const store = parts.registry.get(name)?.store
    if (store !== undefined) chosen.add(store)
    else if (request.trustStores === undefined) return defaultMissing(name)
    else
      return refusal('trust-store-not-found', `/trustStores/${index}`, 'The service has no trust store of this name.')
  }
  return [...chosen]
}

/** Not the fault of the request, and no reason to call its certificates untrusted: it can be asked again. */
const defaultMissing = (name: string): Refusal => ({
  kind: 'refusal',
  status: 503,
  code: 'trust-store-not-found',
  detail: `The default trust store ${name} is not there at the moment.`,
  errors: []
})

const refusal = (code: RefusalCode, pointer: string, detail: string): Refusal => ({
  kind: 'refusal',
  status: 400,
  code,
  detail,
  errors: [{ pointer, code, detail }]
})
