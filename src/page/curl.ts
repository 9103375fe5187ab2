import { withoutPrivateKeys } from './private-keys.ts'

/** A request as the form has it. */
export type AskedFor = Readonly<Record<string, unknown>>

/** A command line that asks the same of the same service. Private keys are left out: they change no verdict. */
export const curlText = (service: URL, request: AskedFor): string => {
  // Quoted, the shell takes what follows as it is; and no line of JSON is the word that ends it.
  return `curl -sS ${quoted(new URL('validate', service).href)} -H 'content-type: application/json' --data-binary @- <<'JSON'
${plainJson(request)}
JSON
`
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

/** JSON of ASCII alone, so that it comes through every terminal as it is. */
const plainJson = (value: unknown): string =>
  JSON.stringify(value, withoutKeys, 2).replaceAll(
    /[^\n\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  )

const withoutKeys = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? withoutPrivateKeys(value) : value
