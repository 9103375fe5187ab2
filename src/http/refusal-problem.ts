import type { Refusal } from '../core/model/request.ts'
import { Problem } from './problem.ts'

/** What the core or the service says of a request that cannot be answered, as a problem. */
export const refusalProblem = ({ code, detail, status, errors }: Refusal): Problem => {
  const headers = status === 503 ? { 'retry-after': code === 'overloaded' ? '1' : '5' } : {}
  return new Problem(code, detail, { status, errors, headers })
}
