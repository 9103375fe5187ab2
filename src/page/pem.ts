/**
 * What the octets of a DER file are, by the first element inside of the outer SEQUENCE: all that is needed to write PEM of
 * them. Whether they can be read is for the service to say.
 */
export const labelOf = (der: Uint8Array): string => {
  const inside = der[contentAt(der)]
  if (inside === 0x06) return 'PKCS7' // ContentInfo: an OBJECT IDENTIFIER, RFC 5652 §3
  if (inside === 0x02) return 'PRIVATE KEY' // a version: PKCS#8, PKCS#1, SEC 1
  return 'CERTIFICATE'
}

/** Where the content begins, after tag and length (X.690 §8.1.3). */
const contentAt = (der: Uint8Array): number => {
  const length = der[1] ?? 0
  return length < 0x80 ? 2 : 2 + (length & 0x7f)
}

export const pemText = (der: Uint8Array, label = labelOf(der)): string => {
  const lines = base64(der).match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

/** In pieces, since a function takes only so many arguments. */
const base64 = (octets: Uint8Array): string => {
  const pieces: string[] = []
  for (let at = 0; at < octets.length; at += 0x2000)
    pieces.push(String.fromCharCode(...octets.subarray(at, at + 0x2000)))
  return btoa(pieces.join(''))
}

/** What base64 text stands for; undefined where it is none. */
export const octetsOf = (text: string): Uint8Array | undefined => {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
