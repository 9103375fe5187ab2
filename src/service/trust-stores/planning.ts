import type { TrustStore } from '../../core/model/trust-store.ts'
import type { StoreContent, StoreKeeping, VersionRecord } from '../../trust/keeping.ts'
import { storeFrom } from '../../trust/store-content.ts'
import { type Accepted, contentAfter, type ProposalRefusal } from './accepted.ts'

export type Change =
  | ({ readonly action: 'replace' | 'add' } & Accepted)
  | { readonly action: 'restore'; readonly version: number }
  | { readonly action: 'delete' }

/** A store as it is kept now, which is what a change starts from. */
export interface Current {
  /** The highest version there is, a deletion too; 0 where there is none. */
  readonly seen: number
  /** Undefined where there is no store. */
  readonly record: VersionRecord | undefined
  /** How the store ended; undefined where there is one, or never was. */
  readonly deletion: VersionRecord | undefined
  /** Undefined where there is no store, or where its content is damaged. */
  readonly content: StoreContent | undefined
  readonly store: TrustStore | undefined
}

/** What a store is to become; both are undefined where it is to be deleted. */
export interface Plan {
  readonly kind: 'plan'
  readonly content: StoreContent | undefined
  readonly store: TrustStore | undefined
}

/** Why there is no plan. */
export type Unplanned =
  | ProposalRefusal
  | { readonly kind: 'conflict'; readonly detail: string }
  /** There is no such store, or no such version of it. */
  | { readonly kind: 'absent' }
  /** The version is known, but its content is kept no longer. */
  | { readonly kind: 'gone' }

export const readCurrent = async (name: string, keeping: StoreKeeping): Promise<Current> => {
  const [head] = await keeping.versions(name, undefined, 1)
  const none = { record: undefined, deletion: undefined, content: undefined, store: undefined }
  const nothing = { ...none, seen: head?.version ?? 0 }
  if (head === undefined || head.checksum === null) return { ...nothing, deletion: head }
  const read = await keeping.read(name, head.version)
  // Absent: replaced between the two questions, so that nothing can come of a change that starts from here.
  if (read.kind !== 'content') return { ...nothing, record: head }
  const built = await storeFrom(name, String(head.version), read.content)
  return { ...nothing, record: head, content: read.content, store: built.ok ? built.value : undefined }
}

/** Works out what a change makes of `current`. */
export const planChange = async (
  name: string,
  change: Change,
  current: Current,
  { keeping, maxCertificates }: { readonly keeping: StoreKeeping; readonly maxCertificates: number }
): Promise<Plan | Unplanned> => {
  switch (change.action) {
    case 'delete':
      return current.record === undefined ? { kind: 'absent' } : { kind: 'plan', content: undefined, store: undefined }
    case 'restore':
      return await planRestore(name, change.version, keeping)
    case 'add':
      if (current.record !== undefined && current.content === undefined) {
        return {
          kind: 'conflict',
          detail: 'The newest version is damaged, so nothing can be added: restore an older one.'
        }
      }
      break
    case 'replace':
  }
  const after = contentAfter(change.action, change, current.content, maxCertificates)
  return after.kind === 'content' ? planOf(name, after) : after
}

const planRestore = async (name: string, version: number, keeping: StoreKeeping): Promise<Plan | Unplanned> => {
  const read = await keeping.read(name, version)
  if (read.kind === 'content') return planOf(name, read.content)
  if (read.kind === 'damaged')
    return { kind: 'conflict', detail: 'That version is damaged: it is not what was written.' }
  const [record] = await keeping.versions(name, version + 1, 1)
  return { kind: record?.version === version ? 'gone' : 'absent' }
}

const planOf = async (name: string, { certificates, crls, constraints }: StoreContent): Promise<Plan | Unplanned> => {
  const content = { certificates, crls, constraints }
  const built = await storeFrom(name, null, content)
  if (built.ok) return { kind: 'plan', content, store: built.value }
  return { kind: 'conflict', detail: `The trust store could not be served so: ${built.reason}.` }
}
