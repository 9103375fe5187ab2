import { setTimeout as elapsed } from 'node:timers/promises'
import { KeepingError, type Kept, type StoreKeeping, type VersionRecord } from '../../trust/keeping.ts'
import type { TrustRegistry } from '../../trust/registry.ts'
import { sameContent } from '../../trust/store-content.ts'
import type { UploadedStores } from '../../trust/uploaded.ts'
import { type Change, type Current, type Plan, planChange, readCurrent, type Unplanned } from './planning.ts'
import { changesBetween, type StoreChanges, type Yardstick } from './store-changes.ts'
import { countsOf, type StoreCounts } from './store-views.ts'

export interface ChangeOrder {
  readonly name: string
  readonly change: Change
  /** The label of the token. */
  readonly by: string
  /** Whether the preconditions of the request hold for the newest version; undefined where there is no store. */
  readonly may: (current: VersionRecord | undefined) => boolean
  /** Tells what would be, and writes nothing. */
  readonly dryRun: boolean
}

/** What came of it. Only after `changed` is anything other than before. */
export type Changed =
  | Made
  | { readonly kind: 'precondition-failed' }
  | { readonly kind: 'too-many-stores'; readonly most: number }
  | Unplanned
  | Unkept

/** What a store is now (`changed`), has been already (`unchanged`), or would become (`planned`). */
export interface Made {
  readonly kind: 'changed' | 'unchanged' | 'planned'
  /** The version that is there now; undefined where there is none. */
  readonly record: VersionRecord | undefined
  /** Whether there was no store before. */
  readonly created: boolean
  readonly counts: StoreCounts
  readonly changes: StoreChanges
}

/** The database did not do it: `busy` may be tried again at once; of `unknown` it shows later whether it was written. */
export interface Unkept {
  readonly kind: 'busy' | 'no-storage' | 'unknown'
  readonly reason: string
}

export interface ChangingParts {
  readonly keeping: StoreKeeping
  readonly uploaded: Pick<UploadedStores, 'served' | 'serve'>
  readonly registry: TrustRegistry
  readonly defaultStores: readonly string[]
  readonly yardstick: () => Yardstick
  readonly maxStores: number
  readonly maxCertificates: number
}

/** How often a change is made anew because others were faster: each time one of them has got on. */
const mostAttempts = 50

/**
 * Makes a change of an uploaded store: upon the newest version that is kept, where the preconditions hold for that one. Who
 * loses the race looks at the new newest version and starts again. When it resolves, the registry serves the change.
 */
export const makeChange = async (order: ChangeOrder, parts: ChangingParts): Promise<Changed> => {
  const conflict = conflictOf(order, parts)
  if (conflict !== undefined) return { kind: 'conflict', detail: conflict }
  try {
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const made = await attemptChange(order, parts)
      if (made.kind !== 'lost-race') return made
      // Those who lost together start again apart.
      await elapsed(Math.random() * Math.min(attempt, 10) * 5)
    }
    return { kind: 'busy', reason: 'others change the trust store all the time' }
  } catch (error) {
    if (error instanceof KeepingError) return unkept(error)
    throw error
  }
}

/** How to tell of a question that the database did not answer. One that is away comes back: nothing is wrong with the change. */
export const unkept = ({ fault, message: reason }: KeepingError): Unkept => {
  if (fault === 'unknown') return { kind: 'unknown', reason }
  return { kind: fault === 'busy' || fault === 'unreachable' ? 'busy' : 'no-storage', reason }
}

const conflictOf = ({ name, change }: ChangeOrder, { registry, defaultStores }: ChangingParts): string | undefined => {
  const origin = registry.get(name)?.origin ?? 'uploaded'
  if (origin !== 'uploaded')
    return `The trust store ${name} comes from the configuration (${origin}), and is changed there.`
  if (change.action === 'delete' && defaultStores.includes(name)) {
    return `The trust store ${name} is one of DEFAULT_TRUST_STORES, which requests are held to that name none.`
  }
  return undefined
}

const attemptChange = async (
  order: ChangeOrder,
  parts: ChangingParts
): Promise<Changed | { readonly kind: 'lost-race' }> => {
  const { keeping, yardstick, maxStores } = parts
  const current = await readCurrent(order.name, keeping)
  const plan = await planChange(order.name, order.change, current, parts)
  // Whoever deleted it may still wait for that: once anybody is told that it is gone, nobody sees it any more.
  if (order.change.action === 'delete' && current.deletion !== undefined && !order.dryRun)
    await parts.uploaded.serve(current.deletion, undefined)
  // RFC 9110 §13.2.1: preconditions count where the change would succeed without them.
  if (plan.kind !== 'plan') return plan
  const { record } = current
  if (!order.may(record)) return { kind: 'precondition-failed' }
  const made = {
    record,
    created: record === undefined,
    counts: plan.store === undefined ? { x509: 0, x509_ca: 0, crl: 0 } : countsOf(plan.store),
    changes: changesBetween(current.store, plan.store, yardstick())
  }
  if (order.dryRun) return { kind: 'planned', ...made }
  if (record === undefined) {
    if ((await liveStores(keeping)) >= maxStores) return { kind: 'too-many-stores', most: maxStores }
  } else if (
    current.content !== undefined &&
    plan.content !== undefined &&
    sameContent(current.content, plan.content)
  ) {
    // Whoever made it what it is may still wait for that.
    await parts.uploaded.serve(record, plan.content)
    return { kind: 'unchanged', ...made }
  }
  const kept = await write(order, current, plan, parts)
  if (kept.kind !== 'kept') return kept
  await parts.uploaded.serve(kept.record, plan.content)
  return { kind: 'changed', ...made, record: kept.record }
}

const write = (order: ChangeOrder, current: Current, plan: Plan, parts: ChangingParts): Promise<Kept> =>
  parts.keeping.keep({
    name: order.name,
    seen: current.seen,
    at: parts.yardstick().now,
    by: order.by,
    action: order.change.action,
    fromDigest: current.record?.digest ?? null,
    digest: plan.store?.digest ?? null,
    content: plan.content
  })

/** Two processes that each create a store at one moment may pass the limit by one: it is there to bound, not to count. */
const liveStores = async (keeping: StoreKeeping): Promise<number> =>
  (await keeping.heads()).filter(({ checksum }) => checksum !== null).length
