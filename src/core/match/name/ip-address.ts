/** IP addresses as text and as octets, without the looser forms that some resolvers take. */

const decimalOctet = /^(?:0|[1-9]\d{0,2})$/

/** Dotted decimal of four numbers without leading zeros (RFC 3986 §3.2.2, IPv4address). */
export const parseIpv4 = (text: string): Uint8Array | undefined => {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => decimalOctet.test(part) && Number(part) < 256)) return undefined
  return Uint8Array.from(parts.map(Number))
}

const group = /^[0-9a-f]{1,4}$/i

/** RFC 4291 §2.2, all three forms; a zone (RFC 4007 §11) is no part of it. */
export const parseIpv6 = (text: string): Uint8Array | undefined => {
  if (text.length > 45) return undefined
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, at) => groupsOf(half, at === halves.length - 1))
  if (head === undefined) return undefined
  if (halves.length === 1) return head.length === 8 ? octetsOf(head) : undefined
  if (tail === undefined || head.length + tail.length > 7) return undefined
  return octetsOf([...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail])
}

/** The 16-bit groups of one side of `::`; the last side may end in dotted decimal. */
const groupsOf = (text: string, mayEndInIpv4: boolean): readonly number[] | undefined => {
  if (text === '') return []
  const parts = text.split(':')
  const last = parts.at(-1) ?? ''
  const embedded = mayEndInIpv4 && last.includes('.') ? parseIpv4(last) : undefined
  const plain = embedded === undefined ? parts : parts.slice(0, -1)
  if (!plain.every((part) => group.test(part))) return undefined
  const groups = plain.map((part) => Number.parseInt(part, 16))
  if (embedded === undefined) return groups
  const [a = 0, b = 0, c = 0, d = 0] = embedded
  return [...groups, a * 256 + b, c * 256 + d]
}

const octetsOf = (groups: readonly number[]): Uint8Array =>
  Uint8Array.from(groups.flatMap((each) => [each >> 8, each & 0xff]))

export const parseIpAddress = (text: string): Uint8Array | undefined => parseIpv4(text) ?? parseIpv6(text)

/** Dotted decimal, or the one form that RFC 5952 §4 recommends; hex for octets of another number. */
export const formatIpAddress = (octets: Uint8Array): string => {
  if (octets.length === 4) return octets.join('.')
  if (octets.length !== 16) return Buffer.from(octets).toString('hex')
  const groups = Array.from({ length: 8 }, (_, at) => (octets[2 * at] ?? 0) * 256 + (octets[2 * at + 1] ?? 0))
  // RFC 5952 §5: an IPv4-mapped address is shown with its IPv4 address.
  if (groups.slice(0, 5).every((each) => each === 0) && groups[5] === 0xffff)
    return `::ffff:${octets.slice(12).join('.')}`
  const { start, length } = longestZeros(groups)
  const text = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((each) => each.toString(16))
      .join(':')
  return length < 2 ? text(0, 8) : `${text(0, start)}::${text(start + length, 8)}`
}

/** The first of the longest runs of zeros. */
const longestZeros = (groups: readonly number[]): { readonly start: number; readonly length: number } => {
  let best = { start: 0, length: 0 }
  let start = 0
  for (let at = 0; at <= groups.length; at++) {
    if (groups[at] === 0) continue
    if (at - start > best.length) best = { start, length: at - start }
    start = at + 1
  }
  return best
}
