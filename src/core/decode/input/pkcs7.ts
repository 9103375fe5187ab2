import { type BerElement, berElement, berElements } from '../der/ber.ts'
import { attempt, type Decoded, Malformed, single, tags } from '../der/der.ts'
import { readOid } from '../der/primitives.ts'

export interface Pkcs7Object {
  readonly type: 'certificate' | 'crl' | 'other'
  /** The octets as they came. */
  readonly der: Uint8Array
}

const signedData = '1.2.840.113549.1.7.2'

/** RFC 5652 §4 to §10.1, RFC 3274 */
const contentTypes = new Map<string, string>([
  ['1.2.840.113549.1.7.1', 'plain data'],
  ['1.2.840.113549.1.7.3', 'encrypted (enveloped) data'],
  ['1.2.840.113549.1.7.5', 'digested data'],
  ['1.2.840.113549.1.7.6', 'encrypted data'],
  ['1.2.840.113549.1.9.16.1.2', 'authenticated data'],
  ['1.2.840.113549.1.9.16.1.9', 'compressed data'],
  ['1.2.840.113549.1.9.16.1.23', 'authenticated and enveloped data']
])

const certificatesTag = 0xa0
const crlsTag = 0xa1

/**
 * The certificates and CRLs of a PKCS#7 or CMS message with signed data (RFC 2315 §9.1, RFC 5652 §5.1), certs-only or not,
 * in DER or BER of at most `depth` levels: certificates first, then CRLs, each in their order, and no more than `maximum`.
 *
 * Only the frame around them is read, by a walk of its own: a tree of the whole message would take a hundred times the
 * memory and time, and what is wanted are the very octets. Signatures are not looked at: nothing here is trusted for them.
 */
export const readPkcs7 = (bytes: Uint8Array, maximum: number, depth: number): Decoded<readonly Pkcs7Object[]> =>
  attempt(() => {
    const message = expect(depth, bytes, 0, bytes.length, tags.sequence, 'ContentInfo')
    if (message.next !== bytes.length) throw new Malformed('it has octets after its end')
    const type = expect(depth, bytes, message.content, message.end, tags.oid, 'contentType')
    const oid = contentTypeOf(bytes, type)
    if (oid !== signedData)
      throw new Malformed(`it holds ${contentTypes.get(oid) ?? `content of type ${oid}`}, not signed data`)
    const wrapper = expect(depth, bytes, type.next, message.end, 0xa0, 'content')
    const data = expect(depth, bytes, wrapper.content, wrapper.end, tags.sequence, 'SignedData')
    if (wrapper.next !== message.end || data.next !== wrapper.end)
      throw new Malformed('it has octets after its SignedData')
    return objectsOf(depth, bytes, data, maximum)
  })

const objectsOf = (depth: number, bytes: Uint8Array, data: BerElement, maximum: number): readonly Pkcs7Object[] => {
  const version = expect(depth, bytes, data.content, data.end, tags.integer, 'version')
  const algorithms = expect(depth, bytes, version.next, data.end, tags.set, 'digestAlgorithms')
  const content = expect(depth, bytes, algorithms.next, data.end, tags.sequence, 'encapContentInfo')
  const objects: Pkcs7Object[] = []
  for (const field of berElements(bytes, content.next, data.end, depth)) {
    if (field.tag !== certificatesTag && field.tag !== crlsTag) continue
    for (const element of berElements(bytes, field.content, field.end, depth)) {
      if (objects.length === maximum) return objects
      objects.push(objectOf(bytes, field, element))
    }
  }
  return objects
}

/** CertificateChoices and RevocationInfoChoice (RFC 5652 §10.2): all but the first kind of each have tags of their own. */
const objectOf = (bytes: Uint8Array, field: BerElement, element: BerElement): Pkcs7Object => {
  const der = bytes.subarray(element.start, element.next)
  if (element.tag !== tags.sequence) return { type: 'other', der }
  return { type: field.tag === certificatesTag ? 'certificate' : 'crl', der }
}

const contentTypeOf = (bytes: Uint8Array, type: BerElement): string => {
  const der = bytes.subarray(type.start, type.next)
  return readOid(single(der, tags.oid, 'its content type'), 'its content type')
}

const expect = (depth: number, bytes: Uint8Array, at: number, limit: number, tag: number, part: string): BerElement => {
  if (at >= limit) throw new Malformed(`it ends before its ${part}`)
  const element = berElement(bytes, at, limit, depth)
  if (element.tag !== tag) throw new Malformed(`it has something else in place of its ${part}`)
  return element
}
