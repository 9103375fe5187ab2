import { type Code, codes, rowOf } from '../../core/model/codes.ts'
import { errorType } from '../../core/model/error-type.ts'
import { explanations } from '../../core/model/explanations.ts'
import { opensslErrors } from '../../core/model/openssl-errors.ts'
import { type ProblemCode, problemCodes } from '../problem-codes.ts'
import { problemExplanations } from '../problem-explanations.ts'

/** What OpenSSL calls an error. */
export interface OpensslName {
  readonly number: number
  readonly constant: string
  /** What its tools print; null where only its newest versions have it. */
  readonly text: string | null
}

/** Everything there is to say about a code, as plain JSON. */
export interface ErrorEntry {
  readonly code: Code | ProblemCode
  readonly type: string
  readonly title: string
  readonly meaning: string
  readonly causes: readonly string[]
  readonly remedy: string
  /** Null for what is a problem alone. */
  readonly reference: string | null
  readonly check: { readonly command: string; readonly shows: string } | null
  readonly otherNames: {
    readonly openssl: readonly OpensslName[]
    readonly go: string | null
    readonly java: string | null
    readonly dotnet: string | null
    readonly chromium: string | null
    readonly firefox: string | null
  }
  /** Whether it stands in the errors and warnings of a verdict. */
  readonly inVerdicts: boolean
  /** The status of the problem that has this code; null where it is in verdicts alone. */
  readonly status: number | null
}

const isCode = (name: string): name is Code => Object.hasOwn(codes, name)
const isProblem = (name: string): name is ProblemCode => Object.hasOwn(problemCodes, name)

const findingEntry = (code: Code, status: number | null): ErrorEntry => {
  const { title, remedy, reference, openssl = [] } = rowOf(code)
  const { meaning, causes, check, names = {} } = explanations[code]
  const { go = null, java = null, dotnet = null, chromium = null, firefox = null } = names
  const named = openssl.map((number): OpensslName => {
    const { constant = '', text = null } = opensslErrors[number] ?? {}
    return { number, constant, text }
  })
  const otherNames = { openssl: named, go, java, dotnet, chromium, firefox }
  return {
    code,
    type: errorType(code),
    title,
    meaning,
    causes,
    remedy,
    reference,
    check,
    otherNames,
    inVerdicts: true,
    status
  }
}

const problemEntry = (code: ProblemCode): ErrorEntry => {
  const [status, title] = problemCodes[code]
  const otherNames = { openssl: [], go: null, java: null, dotnet: null, chromium: null, firefox: null }
  const entry = {
    code,
    type: errorType(code),
    title,
    ...problemExplanations[code],
    causes: [],
    reference: null,
    check: null
  }
  return { ...entry, otherNames, inVerdicts: false, status }
}

/** By code: those of verdicts in the order of their table, then those of problems. */
export const errorEntries: ReadonlyMap<string, ErrorEntry> = new Map([
  ...Object.keys(codes)
    .filter(isCode)
    .map((code) => [code, findingEntry(code, isProblem(code) ? problemCodes[code][0] : null)] as const),
  ...Object.keys(problemCodes)
    .filter(isProblem)
    .filter((code) => !isCode(code))
    .map((code) => [code, problemEntry(code)] as const)
])
