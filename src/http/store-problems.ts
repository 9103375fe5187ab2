import type { Changed, Made } from '../service/trust-stores/changing.ts'
import { Problem } from './problem.ts'

/** Why a change of a trust store was not made, or a question about one not answered. */
export const storeProblem = (failed: Exclude<Changed, Made>): Problem => {
  switch (failed.kind) {
    case 'refused':
      return new Problem(failed.code, failed.detail, { errors: failed.errors })
    case 'precondition-failed':
      return new Problem(
        'precondition-failed',
        'The trust store is not in the version that If-Match or If-None-Match asks for. Nothing was changed.'
      )
    case 'conflict':
      return new Problem('trust-store-conflict', failed.detail)
    case 'absent':
      return noStore()
    case 'gone':
      return new Problem(
        'trust-store-version-gone',
        'That version has no content: it is a deletion, or too old to be kept.'
      )
    case 'too-many-stores':
      return new Problem('trust-store-limit', `There are ${failed.most} uploaded trust stores, and may be no more.`)
    case 'busy':
      return new Problem(
        'overloaded',
        'The database is busy with other changes, or away. Nothing was changed: ask again.',
        {
          headers: { 'retry-after': '1' }
        }
      )
    case 'no-storage':
      return new Problem('storage-unavailable', `Nothing was changed. ${failed.reason}`)
    case 'unknown':
      return new Problem(
        'storage-unavailable',
        'The database went away during the change. Whether it was made shows when the trust store is read again.',
        { status: 503 }
      )
  }
}

export const noStore = (): Problem =>
  new Problem('trust-store-not-found', 'There is no trust store of this name, or no such version of it.', {
    status: 404
  })
