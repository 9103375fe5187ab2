import type { Repair } from '../../core/model/chain.ts'
import { rowOf } from '../../core/model/codes.ts'
import { errorType } from '../../core/model/error-type.ts'
import { formatInstant, parseInstant } from '../../core/model/instant.ts'
import type { ProcessLimitName } from '../../core/model/limits.ts'
import type { Refusal, ValidationRequest } from '../../core/model/request.ts'
import type { TrustStore } from '../../core/model/trust-store.ts'
import type { Verdict } from '../../core/model/verdict.ts'

/** What a process is held to beside the limits of a validation. */
export interface ProcessLimit {
  readonly limit: ProcessLimitName
  readonly allowed: number
}

/**
 * The verdict on what could not be judged to its end: indeterminate, at a limit. What of the chain and the bundle was read went
 * with the process, so that no path can be shown, nor the digest of the bundle.
 */
export const unfinished = (
  request: ValidationRequest,
  stores: readonly TrustStore[],
  now: number,
  { limit, allowed }: ProcessLimit
): { readonly kind: 'verdict'; readonly verdict: Verdict } => {
  const details = { limit, allowed }
  const row = rowOf('limit-reached')
  const time = request.time === undefined ? undefined : parseInstant(request.time)
  return {
    kind: 'verdict',
    verdict: {
      valid: false,
      outcome: 'indeterminate',
      checkedAt: formatInstant(time ?? now),
      path: [],
      errors: [
        {
          code: 'limit-reached',
          type: errorType('limit-reached'),
          message: row.message(details),
          certificate: null,
          reference: row.reference,
          remedy: row.remedy,
          details
        }
      ],
      warnings: [],
      trustAnchor: null,
      trust: stores.map(({ name, version, digest }) => ({ name, version, digest })),
      checkAgainAt: null,
      checkAgainReason: 'limit-reached'
    }
  }
}

/** The same for a chain that was to be put right: nothing of it is known. */
export const unfinishedChain = (...cutShort: Parameters<typeof unfinished>): Repair => {
  const { verdict } = unfinished(...cutShort)
  return {
    kind: 'chain',
    repaired: { chain: '', complete: false, verdict, certificates: [], changes: [] },
    certificates: []
  }
}

/** For what is answered otherwise than with a verdict; `pointer` is where it stood in the request. */
export const tooDear = (pointer: string, { limit, allowed }: ProcessLimit): Refusal => {
  const detail = `To read it costs more than one request may: it was ended at the limit ${limit} of ${allowed}.`
  const errors = [{ pointer, code: 'limit-reached', detail }] as const
  return { kind: 'refusal', status: 422, code: 'limit-reached', detail, errors }
}

/** For work that never began. */
export const overloaded: Refusal = {
  kind: 'refusal',
  status: 503,
  code: 'overloaded',
  detail: 'Too many validations wait at this moment. Ask again in a second.',
  errors: []
}
