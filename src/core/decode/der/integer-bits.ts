import { type DerReader, Malformed, tags } from './der.ts'
import { readInteger } from './primitives.ts'

/** A positive INTEGER (at least 1): its octets without the leading zero, and their bits. */
export interface Positive {
  readonly octets: Uint8Array
  readonly bits: number
}

/** The positive INTEGER that comes next. Costs nothing but a look at its first two octets. */
export const readPositive = (reader: DerReader, part: string, what: string): Positive => {
  const octets = readInteger(reader.expect(tags.integer, part), what)
  const first = octets[0] ?? 0
  if (first >= 0x80) throw new Malformed(`${what} is negative`)
  const magnitude = first === 0 ? octets.subarray(1) : octets
  const top = magnitude[0]
  if (top === undefined) throw new Malformed(`${what} is zero`)
  return { octets: magnitude, bits: magnitude.length * 8 - (Math.clz32(top) - 24) }
}

export const isOdd = ({ octets }: Positive): boolean => ((octets.at(-1) ?? 0) & 1) === 1
