import type { TrustStore } from '../../core/model/trust-store.ts'
import { validate } from '../../core/validate.ts'
import type { FromWorker, ToWorker } from '../pool/protocol.ts'
import type { StoreNote, ValidationJob, ValidationResult } from './job.ts'
import { fromPortable } from './portable-store.ts'

/** The worker process of validations: knows the trust stores it was told of, and judges one request after another. */

const storesByName = new Map<string | null, { readonly id: number; readonly store: TrustStore }>()

const say = (message: FromWorker<ValidationResult>): void => {
  process.send?.(message)
}

const judge = ({ request, stores, settings }: ValidationJob): ValidationResult => {
  const known = new Map([...storesByName.values()].map(({ id, store }) => [id, store]))
  const chosen = stores.flatMap((id) => known.get(id) ?? [])
  if (chosen.length !== stores.length) throw new Error('a worker was not told of a trust store')
  return validate(request, chosen, settings)
}

process.on('message', (message: ToWorker<ValidationJob, StoreNote>) => {
  if (message.type === 'note') {
    const { id, store } = message.note
    storesByName.set(store.name, { id, store: fromPortable(store) })
  } else {
    say({ type: 'result', id: message.id, result: judge(message.job), memory: process.memoryUsage.rss() })
  }
})
// Nobody is left to work for.
process.on('disconnect', () => process.exit())
say({ type: 'ready' })
