export const jsonType = 'application/json; charset=utf-8'

/**
 * Characters that are harmless to a JSON parser and not to what else may show the text: markup, control characters
 * beyond ASCII, and those that hide or reorder text (zero-width, bidirectional, line and paragraph separators).
 */
const risky = /[<>&\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/** Those of ASCII among them. Where nothing is beyond it, four searches tell sooner than a walk. */
const riskyInAscii = ['<', '>', '&', '\u007f']

const isPlain = (json: string): boolean =>
  Buffer.byteLength(json) === json.length && !riskyInAscii.some((character) => json.includes(character))

/** The same JSON with such characters as escapes. In JSON text they stand in strings only, so its value is the same. */
export const plainJson = (json: string): string =>
  isPlain(json)
    ? json
    : json.replaceAll(risky, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A value as such JSON. */
export const plainJsonOf = (value: unknown): string => plainJson(JSON.stringify(value))
