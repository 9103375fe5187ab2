import { trustStore } from '../../core/decode/input/trust-store.ts'
import { formatInstant } from '../../core/model/instant.ts'
import type { ValidationRequest } from '../../core/model/request.ts'
import type { TrustStore } from '../../core/model/trust-store.ts'
import { KeepingError, type StoreContent, type StoreKeeping } from '../../trust/keeping.ts'
import { TrustRegistry } from '../../trust/registry.ts'
import { storeFrom } from '../../trust/store-content.ts'
import type { RememberedRequests } from '../remembered-requests.ts'
import { type ValidationParts, validationService } from '../validation.ts'
import { type Accepted, contentAfter } from './accepted.ts'
import { type Unkept, unkept } from './changing.ts'
import { planChange, readCurrent, type Unplanned } from './planning.ts'
import { type Rehearsal, type RehearsedRequest, rehearse } from './rehearsal.ts'
import { changesBetween, type StoreChanges } from './store-changes.ts'

/** What is to be rehearsed. */
export interface RehearsalOrder {
  readonly name: string
  readonly mode: 'replace' | 'add'
  readonly accepted: Accepted
  readonly requests: readonly ValidationRequest[]
  /** Whether the remembered requests are rehearsed too. */
  readonly remembered: boolean
  readonly signal: AbortSignal
}

export type Rehearsed =
  | ({ readonly kind: 'rehearsed'; readonly changes: StoreChanges } & Rehearsal)
  | { readonly kind: 'too-many-rehearsals' }
  | { readonly kind: 'overloaded' }
  | Unplanned
  | Unkept

export interface RehearsingParts {
  /** What the service itself validates with. */
  readonly validation: ValidationParts
  readonly keeping: StoreKeeping
  readonly maxCertificates: number
  /** Tells the remembered requests by their id. */
  readonly remembered: () => RememberedRequests['all'] | Promise<RememberedRequests['all']>
}

/** Rehearsals at the same time: each is many validations. */
const mostAtOnce = 2

/** Gives the function that rehearses a change of any store, also of one of the configuration; nothing is ever written. */
export const rehearsals = (parts: RehearsingParts): ((order: RehearsalOrder) => Promise<Rehearsed>) => {
  let running = 0
  return async (order) => {
    if (running === mostAtOnce) return { kind: 'too-many-rehearsals' }
    running += 1
    try {
      const proposed = await proposedStore(order, parts)
      return 'kind' in proposed ? proposed : await rehearseWith(proposed, order, parts)
    } catch (error) {
      if (error instanceof KeepingError) return unkept(error)
      throw error
    } finally {
      running -= 1
    }
  }
}

const rehearseWith = async (
  proposed: TrustStore,
  { name, requests, remembered, signal }: RehearsalOrder,
  { validation, remembered: recall }: RehearsingParts
): Promise<Rehearsed> => {
  const now = validation.clock()
  const served = validation.registry.snapshots
  const clock = () => now
  const before = validationService({ ...validation, clock, registry: registryOf(served) })
  const snapshot = { store: proposed, origin: 'uploaded', from: 'rehearsal', since: now } as const
  const after = validationService({ ...validation, clock, registry: registryOf(new Map(served).set(name, snapshot)) })
  const asked: readonly RehearsedRequest[] = [
    ...requests.map((request, index) => ({ id: { index }, request })),
    ...(remembered ? [...(await recall())].map(([id, request]) => ({ id: { remembered: id }, request })) : [])
  ]
  const consults = ({ trustStores, caBundle }: ValidationRequest): boolean =>
    (trustStores ?? (caBundle === undefined ? validation.defaultStores : [])).includes(name)
  const rehearsal = await rehearse(asked, { before, after, consults, at: formatInstant(now) }, signal)
  if (rehearsal === undefined) return { kind: 'overloaded' }
  const { securityLevel } = validation
  const changes = changesBetween(served.get(name)?.store, proposed, { now, securityLevel })
  return { kind: 'rehearsed', changes, ...rehearsal }
}

const registryOf = (snapshots: TrustRegistry['snapshots']): TrustRegistry => {
  const registry = new TrustRegistry()
  for (const [name, snapshot] of snapshots) registry.put(name, snapshot)
  return registry
}

/** The store that the change would make. */
const proposedStore = async (
  { name, mode, accepted }: RehearsalOrder,
  { validation, keeping, maxCertificates }: RehearsingParts
): Promise<TrustStore | Unplanned> => {
  const served = validation.registry.get(name)
  if (mode === 'add' && served?.origin === 'uploaded') {
    const plan = await planChange(name, { action: mode, ...accepted }, await readCurrent(name, keeping), {
      keeping,
      maxCertificates
    })
    return plan.kind === 'plan' ? (plan.store ?? { kind: 'absent' }) : plan
  }
  const base = mode === 'add' ? served?.store : undefined
  const content = contentAfter('add', accepted, base && contentOf(base), maxCertificates)
  if (content.kind === 'refused') return content
  const built = await storeFrom(name, null, content)
  if (!built.ok) return { kind: 'conflict', detail: `The trust store could not be served so: ${built.reason}.` }
  // What the configuration says of its anchors goes on to count, beside what was sent of them.
  const anchors = [...(base?.anchors ?? []), ...built.value.anchors]
  return trustStore({ name, version: null, anchors, crls: built.value.crls })
}

const contentOf = ({ anchors, crls }: TrustStore): StoreContent => ({
  certificates: anchors.map(({ certificate }) => certificate.der),
  crls: crls.map(({ crl }) => crl.der),
  constraints: undefined
})
