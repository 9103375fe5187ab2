import type { Name } from '../../model/name.ts'
import { attempt, contentOf, single, tags } from '../der/der.ts'
import { encode } from '../der/encode.ts'
import { readName } from './name.ts'

/** RFC 5280 §4.2.1.13: the name that nameRelativeToCRLIssuer stands for, given the contents of its SET; undefined where malformed. */
export const nameBelow = (issuer: Name, rdn: Uint8Array): Name | undefined => {
  const rdns = attempt(() => contentOf(single(issuer.der, tags.sequence, 'Name')))
  if (!rdns.ok) return undefined
  const name = readName(encode(tags.sequence, rdns.value, encode(tags.set, rdn)))
  return name.malformed === undefined ? name : undefined
}
