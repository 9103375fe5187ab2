import Negotiator from 'negotiator'
import { Problem } from './problem.ts'

/**
 * The one of `types` that the client likes best by its Accept field (RFC 9110 §12.5.1); of equals the first, which is
 * also what a client gets that has no such field. Throws a problem where it takes none of them.
 */
export const negotiated = <T extends string>(accept: string | undefined, types: readonly T[]): T => {
  const liked = new Negotiator({ headers: { accept } }).mediaType(types)
  const found = types.find((type) => type === liked)
  if (found !== undefined) return found
  throw new Problem('not-acceptable', `This path answers with ${types.join(' or ')} only.`)
}
