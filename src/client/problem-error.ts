import type { ProblemError as PlaceAtFault, Problem } from '../../openapi/types.d.ts'

/** Why there is no answer: what the service said (RFC 9457), or `answer-unexpected` where something else answered. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  /** Stable: what a program decides by. */
  readonly code: Problem['code'] | 'answer-unexpected'
  /** Of the HTTP answer. */
  readonly status: number
  /** What the code means in general; the message says what is wrong in this case. */
  readonly title: string
  /** The places at fault in the request. */
  readonly errors: readonly PlaceAtFault[]
  /** Seconds until it is worth asking again, where the answer says so. */
  readonly retryAfter: number | undefined
  /** By which the log of the service knows the request. */
  readonly requestId: string | undefined

  constructor(
    problem: Pick<ProblemError, 'code' | 'status' | 'title' | 'errors'> & { detail: string },
    headers: Headers
  ) {
    super(problem.detail)
    this.code = problem.code
    this.status = problem.status
    this.title = problem.title
    this.errors = problem.errors
    this.retryAfter = secondsOf(headers.get('retry-after'))
    this.requestId = headers.get('x-request-id') ?? undefined
  }
}

/** The error of an answer that is none of those that a call expects. */
export const errorOf = async (response: Response): Promise<ProblemError> => {
  const { status, headers } = response
  const text = await response.text()
  if (/^application\/problem\+json\b/i.test(headers.get('content-type') ?? '')) {
    const problem = parsed(text)
    if (isProblem(problem)) return new ProblemError({ ...problem, status }, headers)
  }
  return unexpected(response, `The answer is no problem of the service: ${text.slice(0, 200)}`)
}

export const unexpected = ({ status, headers }: Response, detail: string): ProblemError =>
  new ProblemError(
    { code: 'answer-unexpected', status, title: 'Something else than the service answered', detail, errors: [] },
    headers
  )

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  'title' in value &&
  typeof value.title === 'string' &&
  'detail' in value &&
  typeof value.detail === 'string' &&
  'errors' in value &&
  Array.isArray(value.errors)

/** RFC 9110 §10.2.3: seconds or a date. */
const secondsOf = (field: string | null): number | undefined => {
  if (field === null) return undefined
  if (/^\d{1,9}$/.test(field)) return Number(field)
  const at = Date.parse(field)
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1_000))
}
