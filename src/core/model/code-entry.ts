import { type Code, codes, rowOf } from './codes.ts'
import { errorType } from './error-type.ts'
import { explanations } from './explanations.ts'
import { opensslErrors } from './openssl-errors.ts'

/** What OpenSSL calls an error. */
export interface OpensslName {
  readonly number: number
  readonly constant: string
  /** What its tools print; null where only its newest versions have it. */
  readonly text: string | null
}

export interface NamesElsewhere {
  readonly openssl: readonly OpensslName[]
  readonly go: string | null
  readonly java: string | null
  readonly dotnet: string | null
  readonly chromium: string | null
  readonly firefox: string | null
}

/** Everything there is to say about a code of verdicts, as plain JSON. */
export interface CodeEntry {
  readonly code: Code
  readonly type: string
  readonly title: string
  readonly meaning: string
  readonly causes: readonly string[]
  readonly remedy: string
  readonly reference: string
  readonly check: { readonly command: string; readonly shows: string }
  readonly otherNames: NamesElsewhere
}

export const isCode = (name: string): name is Code => Object.hasOwn(codes, name)

/** In the order of their table. */
export const allCodes: readonly Code[] = Object.keys(codes).filter(isCode)

export const codeEntry = (code: Code): CodeEntry => {
  const { title, remedy, reference, openssl = [] } = rowOf(code)
  const { meaning, causes, check, names = {} } = explanations[code]
  const { go = null, java = null, dotnet = null, chromium = null, firefox = null } = names
  const named = openssl.map((number): OpensslName => {
    const { constant = '', text = null } = opensslErrors[number] ?? {}
    return { number, constant, text }
  })
  const otherNames = { openssl: named, go, java, dotnet, chromium, firefox }
  return { code, type: errorType(code), title, meaning, causes, remedy, reference, check, otherNames }
}

/** What other tools call it: a name of the tool and what it says. */
export const namesElsewhere = ({
  openssl,
  go,
  java,
  dotnet,
  chromium,
  firefox
}: NamesElsewhere): readonly (readonly [tool: string, name: string])[] => {
  const rows = [
    ...openssl.map(
      ({ number, constant, text }) => ['OpenSSL', `${number} ${constant}${text === null ? '' : `: ${text}`}`] as const
    ),
    ['Go', go] as const,
    ['Java', java] as const,
    ['.NET', dotnet] as const,
    ['Chromium', chromium] as const,
    ['Firefox', firefox] as const
  ]
  return rows.flatMap(([tool, name]) => (name === null ? [] : [[tool, name] as const]))
}
