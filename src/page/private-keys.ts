import { labelOf, octetsOf } from './pem.ts'

/** Text without the private keys in it: those go to the one place that compares them, and are written nowhere. */
export const withoutPrivateKeys = (text: string): string => {
  if (!text.includes('-----BEGIN')) return isBareKey(text) ? '' : text
  const kept: string[] = []
  let at = 0
  for (const { index, 0: marker } of text.matchAll(/-----BEGIN [^\n\r-]{0,64}PRIVATE KEY-----/g)) {
    if (index < at) continue
    kept.push(text.slice(at, index))
    const end = text.indexOf('-----END ', index + marker.length)
    const after = end === -1 ? text.length : text.indexOf('-----', end + 9)
    at = after === -1 ? text.length : Math.min(text.length, after + 5)
    while (text[at] === '\r' || text[at] === '\n') at++
  }
  return kept.join('') + text.slice(at)
}

const isBareKey = (text: string): boolean => {
  const octets = octetsOf(text)
  return octets !== undefined && labelOf(octets) === 'PRIVATE KEY'
}
