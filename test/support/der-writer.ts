/** Writes DER, and what is nearly DER, for tests of decoders. */

export const hexBytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

const lengthOctets = (length: number): readonly number[] => {
  if (length < 0x80) return [length]
  if (length < 0x100) return [0x81, length]
  return length < 0x10000
    ? [0x82, length >> 8, length & 0xff]
    : [0x83, length >> 16, (length >> 8) & 0xff, length & 0xff]
}

/** An element of fewer than 2^24 octets. */
export const tlv = (tag: number, ...contents: readonly Uint8Array[]): Uint8Array => {
  const length = contents.reduce((sum, each) => sum + each.length, 0)
  const head = [tag, ...lengthOctets(length)]
  const element = new Uint8Array(head.length + length)
  element.set(head)
  let at = head.length
  for (const each of contents) {
    element.set(each, at)
    at += each.length
  }
  return element
}

export const sequence = (...contents: readonly Uint8Array[]): Uint8Array => tlv(0x30, ...contents)
export const bitString = (octets: Uint8Array): Uint8Array => tlv(3, Uint8Array.of(0), octets)
export const nullValue = Uint8Array.of(5, 0)
/** An explicit context-specific tag. */
export const explicit = (number: number, ...contents: readonly Uint8Array[]): Uint8Array =>
  tlv(0xa0 | number, ...contents)

/** An INTEGER of at least zero. */
export const integer = (value: bigint | number): Uint8Array => {
  const digits = BigInt(value).toString(16)
  const octets = hexBytes(digits.length % 2 === 0 ? digits : `0${digits}`)
  return (octets[0] ?? 0) >= 0x80 ? tlv(2, Uint8Array.of(0), octets) : tlv(2, octets)
}

export const oid = (dotted: string): Uint8Array => {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt)
  const arcs = [first * 40n + second, ...rest].flatMap((arc) => {
    const septets = [Number(arc & 0x7fn)]
    for (let left = arc >> 7n; left > 0n; left >>= 7n) septets.unshift(Number(left & 0x7fn) | 0x80)
    return septets
  })
  return tlv(6, Uint8Array.from(arcs))
}

/** A SubjectPublicKeyInfo; without parameters where none are given. */
export const spkiOf = (algorithm: string, parameters: Uint8Array | undefined, key: Uint8Array): Uint8Array =>
  sequence(sequence(oid(algorithm), ...(parameters === undefined ? [] : [parameters])), bitString(key))
