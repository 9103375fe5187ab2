import { domainToASCII } from 'node:url'

/** RFC 3492 §5 */
const base = 36
const tMin = 1
const tMax = 26
const skew = 38
const damp = 700

const adapt = (delta: number, points: number, isFirst: boolean): number => {
  let rest = isFirst ? Math.floor(delta / damp) : delta >> 1
  rest += Math.floor(rest / points)
  let k = 0
  for (; rest > ((base - tMin) * tMax) / 2; k += base) rest = Math.floor(rest / (base - tMin))
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew))
}

/** a to z are 0 to 25, 0 to 9 are 26 to 35. */
const digitOf = (character: string): number => {
  const code = character.charCodeAt(0)
  if (code >= 0x61 && code <= 0x7a) return code - 0x61
  return code >= 0x30 && code <= 0x39 ? code - 0x30 + 26 : base
}

/** RFC 3492 §6.2, for text in lower case; undefined where it decodes to nothing. */
export const decodePunycode = (text: string): string | undefined => {
  const delimiter = text.lastIndexOf('-')
  const points = delimiter > 0 ? [...text.slice(0, delimiter)].map((character) => character.charCodeAt(0)) : []
  let code = 128
  let bias = 72
  let index = 0
  let at = delimiter > 0 ? delimiter + 1 : 0
  while (at < text.length) {
    const before = index
    let weight = 1
    for (let k = base; ; k += base) {
      const digit = digitOf(text[at++] ?? '')
      index += digit * weight
      if (digit >= base || index > 0x7fffffff) return undefined
      const threshold = Math.min(Math.max(k - bias, tMin), tMax)
      if (digit < threshold) break
      weight *= base - threshold
    }
    bias = adapt(index - before, points.length + 1, before === 0)
    code += Math.floor(index / (points.length + 1))
    index %= points.length + 1
    if (code > 0x10ffff) return undefined
    points.splice(index++, 0, code)
  }
  return String.fromCodePoint(...points)
}

/**
 * Whether a label in lower case is not an A-label at all, or one that its U-label encodes to (RFC 5890 §2.3.2.1, with
 * the wider repertoire of UTS #46, which host names in use need).
 */
export const isSoundLabel = (label: string): boolean => {
  if (!label.startsWith('xn--')) return true
  const decoded = label.length > 63 ? undefined : decodePunycode(label.slice(4))
  return decoded !== undefined && domainToASCII(decoded) === label
}
