import { errorType } from '../core/model/error-type.ts'
import { pointerWithoutKeys, withoutKeys } from './key-material.ts'
import { type ProblemCode, problemCodes } from './problem-codes.ts'

/** A place in the request and what is wrong there, as it stands in the `errors` of a problem. */
export interface ProblemError {
  /** JSON Pointer (RFC 6901) into the request. */
  readonly pointer: string
  readonly code: ProblemCode
  readonly detail: string
  /** 1-based line of the block at fault inside PEM text. */
  readonly line?: number
}

/** RFC 9457 §3 with the two members that the contract adds. */
export interface ProblemDocument {
  /** `/errors/CODE`, where the code is explained. */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ProblemCode
  readonly errors: readonly ProblemError[]
}

export const problemType = 'application/problem+json'

/** Thrown where a request cannot be served; the error handler makes the answer of it. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly document: ProblemDocument
  /** Header fields that the answer needs beside the usual ones. */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ProblemCode,
    detail: string,
    more: {
      readonly status?: number
      readonly errors?: readonly ProblemError[]
      readonly headers?: Readonly<Record<string, string>>
    } = {}
  ) {
    const errors = (more.errors ?? []).map((error) => ({ ...error, pointer: pointerWithoutKeys(error.pointer) }))
    const told = withPointers(detail, more.errors ?? [], errors)
    super(told)
    const [status, title] = problemCodes[code]
    this.document = {
      type: errorType(code),
      title,
      status: more.status ?? status,
      detail: told,
      code,
      errors
    }
    this.headers = more.headers ?? {}
  }
}

/** A detail often repeats the pointer of an error: there too it is told without what may be of a private key. */
const withPointers = (detail: string, given: readonly ProblemError[], told: readonly ProblemError[]): string =>
  given.reduce((text, { pointer }, index) => {
    const plain = told[index]?.pointer ?? ''
    return plain === pointer ? text : text.replaceAll(pointer, () => plain)
  }, detail)

/** A key or an index as a token of a JSON Pointer (RFC 6901 §3). */
export const pointerToken = (token: string | number): string =>
  String(token).replaceAll('~', '~0').replaceAll('/', '~1')

/** Text of a client as it may stand in a message: short, no private key, and with nothing in it that changes how it is shown. */
export const quoted = (text: string): string => {
  const shown = withoutKeys(text)
  return JSON.stringify(shown.length > 64 ? `${shown.slice(0, 64)}…` : shown)
}
