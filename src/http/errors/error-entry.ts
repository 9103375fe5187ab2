import { allCodes, type CodeEntry, codeEntry, isCode } from '../../core/model/code-entry.ts'
import { errorType } from '../../core/model/error-type.ts'
import { type ProblemCode, problemCodes } from '../problem-codes.ts'
import { problemExplanations } from '../problem-explanations.ts'

/** Everything there is to say about a code, as plain JSON. */
export interface ErrorEntry extends Omit<CodeEntry, 'code' | 'reference' | 'check'> {
  readonly code: CodeEntry['code'] | ProblemCode
  /** Null for what is a problem alone. */
  readonly reference: string | null
  readonly check: CodeEntry['check'] | null
  /** Whether it stands in the errors and warnings of a verdict. */
  readonly inVerdicts: boolean
  /** The status of the problem that has this code; null where it is in verdicts alone. */
  readonly status: number | null
}

const isProblem = (name: string): name is ProblemCode => Object.hasOwn(problemCodes, name)

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
  ...allCodes.map((code): readonly [string, ErrorEntry] => {
    const status = isProblem(code) ? problemCodes[code][0] : null
    return [code, { ...codeEntry(code), inVerdicts: true, status }]
  }),
  ...Object.keys(problemCodes)
    .filter(isProblem)
    .filter((code) => !isCode(code))
    .map((code): readonly [string, ErrorEntry] => [code, problemEntry(code)])
])
