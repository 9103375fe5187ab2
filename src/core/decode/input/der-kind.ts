import { type BerElement, berElement } from '../der/ber.ts'
import { attempt, contextConstructed, tags } from '../der/der.ts'

/** What is nested deeper is not told apart; whoever reads it says why it cannot be read. */
const sniffedDepth = 64

/** What an object in DER (or BER) is by its first elements. */
export type DerKind =
  | 'certificate'
  | 'crl'
  | 'pkcs7'
  | 'pkcs12'
  | 'private-key'
  | 'encrypted-private-key'
  | 'public-key'
  | 'certificate-request'
  | 'ocsp-response'
  /** A SEQUENCE of none of these forms, or one that is cut short. */
  | 'sequence'
  /** No SEQUENCE. */
  | 'unknown'

/**
 * Tells what an object is, from tags alone and never deeper than three levels:
 *
 * - PKCS#7: an OID; PKCS#12 (RFC 7292 §4): version 3 and a SEQUENCE; private keys (RFC 5958 §2, RFC 8017 §A.1.2,
 *   RFC 5915 §3): version 0 or 1 and anything;
 * - SEQUENCE and OCTET STRING: an encrypted private key (RFC 5958 §3); SEQUENCE and BIT STRING with nothing after it, an
 *   OID first: a public key; three elements: what is signed, by its first fields.
 */
export const kindOf = (bytes: Uint8Array): DerKind => {
  if (bytes[0] !== tags.sequence) return 'unknown'
  const read = attempt(() => {
    const outer = firstElements(bytes, berElement(bytes, 0, bytes.length, sniffedDepth), 2)
    const [first, second] = outer
    if (first === undefined) return 'sequence'
    if (first.tag === tags.oid) return 'pkcs7'
    if (first.tag === tags.enumerated) return 'ocsp-response'
    if (first.tag === tags.integer) return ofVersion(bytes, first, second)
    if (first.tag !== tags.sequence || second === undefined) return 'sequence'
    if (second.tag === tags.octetString) return 'encrypted-private-key'
    const inner = firstElements(bytes, first, 4)
    if (second.tag === tags.bitString) return inner[0]?.tag === tags.oid ? 'public-key' : 'sequence'
    return ofSigned(bytes, inner)
  })
  return read.ok ? read.value : 'sequence'
}

/** Whether it is PKCS#7, told by one octet where it is not: what a SEQUENCE holds first would be an OID. */
export const isPkcs7 = (bytes: Uint8Array): boolean =>
  bytes[contentAt(bytes, 0)] === tags.oid && kindOf(bytes) === 'pkcs7'

/**
 * Whether the first octets of an object, a dozen or more, are as those of a certificate: a SEQUENCE whose first element is one, which
 * begins with its version or a serial number (RFC 5280 §4.1). No private key begins so.
 */
export const beginsAsCertificate = (bytes: Uint8Array): boolean => {
  const inner = contentAt(bytes, 0)
  const first = bytes[contentAt(bytes, inner)]
  return (
    bytes[0] === tags.sequence &&
    bytes[inner] === tags.sequence &&
    (first === contextConstructed(0) || first === tags.integer)
  )
}

/** Where the contents of the element that stands at `at` begin, by its length alone. */
const contentAt = (bytes: Uint8Array, at: number): number => {
  const length = bytes[at + 1] ?? 0
  return at + 2 + (length > 0x80 ? length & 0x7f : 0)
}

const ofVersion = (bytes: Uint8Array, version: BerElement, second: BerElement | undefined): DerKind => {
  const number = version.end - version.content === 1 ? bytes[version.content] : undefined
  if (number === 3 && second?.tag === tags.sequence) return 'pkcs12'
  return number === 0 || number === 1 ? 'private-key' : 'sequence'
}

/** TBSCertificate, TBSCertList (RFC 5280 §4.1, §5.1) or CertificationRequestInfo (RFC 2986 §4.1). */
const ofSigned = (bytes: Uint8Array, fields: readonly BerElement[]): DerKind => {
  const [first, second, third, fourth] = fields
  if (first?.tag === 0xa0) return 'certificate'
  if (first?.tag === tags.sequence) return isTime(third) ? 'crl' : 'sequence'
  if (first?.tag !== tags.integer) return 'sequence'
  if (isTime(fourth)) return 'crl'
  if (fourth?.tag === 0xa0 && isSpki(bytes, third)) return 'certificate-request'
  return second?.tag === tags.sequence && fourth?.tag === tags.sequence ? 'certificate' : 'sequence'
}

const isTime = (element: BerElement | undefined): boolean =>
  element?.tag === tags.utcTime || element?.tag === tags.generalizedTime

const isSpki = (bytes: Uint8Array, element: BerElement | undefined): boolean =>
  element !== undefined && firstElements(bytes, element, 2)[1]?.tag === tags.bitString

/** Up to `count` elements of those that an element holds. */
const firstElements = (bytes: Uint8Array, parent: BerElement, count: number): readonly BerElement[] => {
  const elements: BerElement[] = []
  for (let at = parent.content; at < parent.end && elements.length < count; ) {
    const element = berElement(bytes, at, parent.end, sniffedDepth)
    elements.push(element)
    at = element.next
  }
  return elements
}

/** Whether octets are a SEQUENCE in DER or BER and no text: 30 is the digit 0 too, but no text has these second octets. */
export const isBinary = (octets: Uint8Array): boolean => {
  const [tag, length] = octets
  if (tag !== tags.sequence || length === undefined) return false
  return length >= 0x80 ? length <= 0x88 : octets.length === length + 2 || length < 9
}
