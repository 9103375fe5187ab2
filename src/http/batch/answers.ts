import type { KeptAnswers } from '../../service/answers/kept-answers.ts'
import type { KnownText } from '../../service/lanes/repeated-texts.ts'
import { plainJsonOf } from '../../service/plain-json.ts'
import type { Answer, ValidationService } from '../../service/validation.ts'
import { parseRequest } from '../body/known-text.ts'
import { type BodyLimits, jsonRequest } from '../body/validation-request.ts'
import { problemOf } from '../failures.ts'
import { holdsKey } from '../key-material.ts'
import { Problem } from '../problem.ts'
import { refusalProblem } from '../refusal-problem.ts'
import { keyRefused } from '../refuse-keys.ts'
import { type LineId, longestId, splitId } from './line-id.ts'
import type { Line } from './lines.ts'

/** What an answer is counted as in the log. */
export type BatchOutcome = 'valid' | 'invalid' | 'indeterminate' | 'refused'

export interface BatchAnswer {
  /** JSON, with a line end. */
  readonly text: string
  readonly outcome: BatchOutcome
}

export interface LineParts {
  readonly service: ValidationService
  /** Undefined where none are kept. */
  readonly answers: KeptAnswers | undefined
  readonly limits: BodyLimits
  readonly knownText: KnownText
}

/** Answers a line as `POST /validate` would answer it, whatever it holds. */
export const answerLine = (line: Line, parts: LineParts): BatchAnswer | Promise<BatchAnswer> => {
  if (line.kind === 'refused') return problemAnswer(null, line.problem)
  const answer = answerOctets(line.octets, parts)
  const release = (): void => line.release()
  if (answer instanceof Promise) void answer.then(release, release)
  else release()
  return answer
}

const answerOctets = (octets: Buffer, parts: LineParts): BatchAnswer | Promise<BatchAnswer> => {
  const { service, answers, limits, knownText } = parts
  const split = answers && splitId(octets)
  const question = split && answers?.question('', split.rest)
  const kept = question && answers?.find(question)
  if (kept !== undefined) return written(split?.id ?? 'null', 200, kept.text, kept.summary.outcome)

  let id: LineId = null
  const answerOf = (answer: Answer): BatchAnswer => {
    if (answer.kind === 'verdict') {
      const text = plainJsonOf(answer.verdict)
      if (question !== undefined) answers?.keep(question, answer, text)
      return written(plainJsonOf(id), 200, text, answer.verdict.outcome)
    }
    return problemAnswer(id, refusalProblem(answer))
  }
  const failed = (error: unknown): BatchAnswer => problemAnswer(id, problemOf(error))
  try {
    const { id: given, ...request } = objectOf(parseRequest(octets, limits, knownText))
    id = idOf(given)
    const answer = service.validate(jsonRequest(request))
    return answer instanceof Promise ? answer.then(answerOf).catch(failed) : answerOf(answer)
  } catch (error) {
    return failed(error)
  }
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new Problem('body-malformed', 'A line must be a JSON object.')
}

const idOf = (given: unknown): LineId => {
  if (given === undefined || given === null) return null
  if (typeof given === 'number' && Number.isSafeInteger(given)) return given
  if (typeof given === 'string' && given.length <= longestId) {
    if (holdsKey(given)) throw keyRefused('/id')
    return given
  }
  const detail = `The id must be a text of at most ${longestId} characters, an integer or null.`
  throw new Problem('field-invalid', detail, { errors: [{ pointer: '/id', code: 'field-invalid', detail }] })
}

const problemAnswer = (id: LineId, { document }: Problem): BatchAnswer =>
  written(plainJsonOf(id), document.status, plainJsonOf(document), 'refused')

/** `id` and `body` are JSON. */
const written = (id: string, status: number, body: string, outcome: BatchOutcome): BatchAnswer => ({
  text: `{"id":${id},"status":${status},"body":${body}}\n`,
  outcome
})
