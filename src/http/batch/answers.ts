import type { Answer, ValidationService } from '../../service/validation.ts'
import { parseJson } from '../body/json.ts'
import { type BodyLimits, jsonRequest } from '../body/validation-request.ts'
import { problemOf } from '../failures.ts'
import { holdsKey } from '../key-material.ts'
import { plainJson } from '../plain-json.ts'
import { Problem } from '../problem.ts'
import { keyRefused } from '../refuse-keys.ts'
import type { Line } from './lines.ts'

/** What an answer is counted as in the log. */
export type BatchOutcome = 'valid' | 'invalid' | 'indeterminate' | 'refused'

export interface BatchAnswer {
  /** JSON, with a line end. */
  readonly text: string
  readonly outcome: BatchOutcome
}

type Id = string | number | null

const longestId = 256

/** Answers a line as `POST /validate` would answer it, whatever it holds. */
export const answerLine = (
  line: Line,
  service: ValidationService,
  limits: BodyLimits
): BatchAnswer | Promise<BatchAnswer> => {
  if (line.kind === 'refused') return problemAnswer(null, line.problem)
  const answer = answerOctets(line.octets, service, limits)
  if (!(answer instanceof Promise)) line.release()
  else void answer.then(() => line.release())
  return answer
}

const answerOctets = (
  octets: Uint8Array,
  service: ValidationService,
  limits: BodyLimits
): BatchAnswer | Promise<BatchAnswer> => {
  let id: Id = null
  const failed = (error: unknown): BatchAnswer => problemAnswer(id, problemOf(error))
  try {
    const { id: given, ...request } = objectOf(parseJson(octets, limits))
    id = idOf(given)
    const answer = service.validate(jsonRequest(request))
    if (answer instanceof Promise) return answer.then((late) => answerOf(id, late), failed)
    return answerOf(id, answer)
  } catch (error) {
    return failed(error)
  }
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new Problem('body-malformed', 'A line must be a JSON object.')
}

const idOf = (given: unknown): Id => {
  if (given === undefined || given === null) return null
  if (typeof given === 'number' && Number.isSafeInteger(given)) return given
  if (typeof given === 'string' && given.length <= longestId) {
    if (holdsKey(given)) throw keyRefused('/id')
    return given
  }
  const detail = `The id must be a text of at most ${longestId} characters, an integer or null.`
  throw new Problem('field-invalid', detail, { errors: [{ pointer: '/id', code: 'field-invalid', detail }] })
}

const answerOf = (id: Id, answer: Answer): BatchAnswer => {
  if (answer.kind === 'verdict') return written(id, 200, answer.verdict, answer.verdict.outcome)
  return problemAnswer(id, new Problem(answer.code, answer.detail, { status: answer.status, errors: answer.errors }))
}

const problemAnswer = (id: Id, { document }: Problem): BatchAnswer => written(id, document.status, document, 'refused')

const written = (id: Id, status: number, body: object, outcome: BatchOutcome): BatchAnswer => ({
  text: `${plainJson(JSON.stringify({ id, status, body }))}\n`,
  outcome
})
