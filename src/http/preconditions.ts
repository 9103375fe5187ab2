import { Problem } from './problem.ts'

/** Entity tags as a precondition lists them; `*` for whatever there is. */
type Tags = '*' | readonly { readonly weak: boolean; readonly opaque: string }[]

/** The preconditions of a request (RFC 9110 §13.1) that are answered here; dates are not, since all tags are strong. */
export interface Preconditions {
  readonly ifMatch: Tags | undefined
  readonly ifNoneMatch: Tags | undefined
}

/** Reads them, or throws a problem: a condition that cannot be read must not be taken for none, or an update is lost. */
export const readPreconditions = (headers: {
  readonly 'if-match'?: string | undefined
  readonly 'if-none-match'?: string | undefined
}): Preconditions => ({
  ifMatch: tagsOf('If-Match', headers['if-match']),
  ifNoneMatch: tagsOf('If-None-Match', headers['if-none-match'])
})

/**
 * Whether a change may be made, by RFC 9110 §13.2.2 steps 1 and 3: `current` are the tags of the representations that there
 * are now, any of which may be named; undefined where there is nothing.
 */
export const mayChange = (conditions: Preconditions, current: readonly string[] | undefined): boolean => {
  const { ifMatch, ifNoneMatch } = conditions
  // §13.1.1: strong comparison, which a weak tag never passes.
  if (ifMatch !== undefined && !matches(ifMatch, current, (tag) => !tag.weak)) return false
  return ifNoneMatch === undefined || !matches(ifNoneMatch, current, () => true)
}

/**
 * Which answer a GET of the representation with this tag gets: 200, 304 where the client has it already, or 412
 * (RFC 9110 §13.2.2).
 */
export const readStatus = (conditions: Preconditions, tag: string): 200 | 304 | 412 => {
  const { ifMatch, ifNoneMatch } = conditions
  if (!mayChange({ ifMatch, ifNoneMatch: undefined }, [tag])) return 412
  return mayChange({ ifMatch: undefined, ifNoneMatch }, [tag]) ? 200 : 304
}

/** RFC 9110 §8.8.3: `opaque` must be of plain characters, as everything that the service makes tags of is. */
export const entityTag = (opaque: string): string => `"${opaque}"`

const matches = (
  tags: Tags,
  current: readonly string[] | undefined,
  counts: (tag: { readonly weak: boolean }) => boolean
): boolean => {
  if (current === undefined) return false
  return tags === '*' || tags.some((tag) => counts(tag) && current.includes(tag.opaque))
}

/** RFC 9110 §8.8.3: a comma may stand inside of a tag. */
const tagPattern = /[\t ]*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)")?[\t ]*(?:,|$)/y

const tagsOf = (name: string, field: string | undefined): Tags | undefined => {
  if (field === undefined) return undefined
  if (field.trim() === '*') return '*'
  const tags: { readonly weak: boolean; readonly opaque: string }[] = []
  tagPattern.lastIndex = 0
  while (tagPattern.lastIndex < field.length) {
    const found = tagPattern.exec(field)
    if (found === null) throw malformed(name)
    const [, weak, opaque] = found
    // §5.6.1.2: empty elements of a list are passed over.
    if (opaque !== undefined) tags.push({ weak: weak !== undefined, opaque })
  }
  if (tags.length === 0) throw malformed(name)
  return tags
}

const malformed = (name: string): Problem =>
  new Problem('request-malformed', `${name} must be * or entity tags in quotation marks, separated by commas.`)
