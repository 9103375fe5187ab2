import { tags } from './der.ts'

/** The DER of an element: its length in the fewest octets. For what is made here; signed octets are never encoded anew. */
export const encode = (tag: number, ...contents: readonly Uint8Array[]): Uint8Array => {
  const size = contents.reduce((sum, { length }) => sum + length, 0)
  const length: number[] = []
  for (let rest = size; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256)
  const header = size < 0x80 ? [tag, size] : [tag, 0x80 | length.length, ...length]
  return Buffer.concat([Uint8Array.from(header), ...contents])
}

/** The DER of an OID in dotted form; undefined for a text that is none. */
export const encodeOid = (dotted: string): Uint8Array | undefined => {
  if (!/^[0-2](?:\.\d{1,9})+$/.test(dotted)) return undefined
  const [root = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  if (root < 2 && second > 39) return undefined
  return encode(tags.oid, Uint8Array.from([root * 40 + second, ...rest].flatMap(septets)))
}

/** The same of an OID that the program names itself. */
export const encodeKnownOid = (dotted: string): Uint8Array => {
  const encoded = encodeOid(dotted)
  if (encoded === undefined) throw new Error(`${dotted} is no OID`)
  return encoded
}

const septets = (arc: number): readonly number[] => {
  const octets = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) octets.unshift(0x80 | (rest % 128))
  return octets
}
