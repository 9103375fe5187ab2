import type { Bundle, BundleItem, InputFault, LeftOut, Place } from '../../model/bundle.ts'
import { defaultLimits } from '../../model/limits.ts'
import type { Material } from '../../model/request.ts'
import { decodeBase64 } from '../pem/base64.ts'
import { type PemBlock, type PemContents, pemBlocks } from '../pem/pem.ts'
import type { PemObject } from '../pem/pem-label.ts'
import { type Container, containerFault, containerOf, isUtf16 } from './container.ts'
import { isBinary, isPkcs7, kindOf } from './der-kind.ts'
import { readPkcs7 } from './pkcs7.ts'
import { isEncryptedOpenSsh } from './private-key.ts'
import { readTrustedCertificate } from './trusted-certificate.ts'

/**
 * Reads what people have: PEM text, an array of texts with PEM or one base64 object each, or the octets of a file (PEM, DER
 * or a CMS message). Certificates and CRLs are not looked into beyond what tells them apart.
 *
 * Everything found is given, in its order: nothing is dropped in silence. Reading stops at `most` items: what comes after
 * them is not even decoded. Containers are read to `asn1Depth` levels.
 */
export const readBundle = (material: Material, most: number, asn1Depth = defaultLimits.asn1Depth): Bundle => {
  const items: BundleItem[] = []
  for (const item of itemsOf(material, { most, asn1Depth })) {
    if (items.length === most) return { items, truncated: true }
    items.push(item)
  }
  return { items, truncated: false }
}

/** The same, one item at a time; it returns whether there is more than `most`. */
export function* bundleItems(
  material: Material,
  most: number,
  asn1Depth = defaultLimits.asn1Depth
): Generator<BundleItem, boolean> {
  let count = 0
  for (const item of itemsOf(material, { most, asn1Depth })) {
    if (count === most) return true
    count += 1
    yield item
  }
  return false
}

/** What reading may come to: items, and levels of ASN.1 within each other. */
interface Bounds {
  readonly most: number
  readonly asn1Depth: number
}

type Items = Generator<BundleItem, undefined>

const itemsOf = (material: Material, bounds: Bounds): Items => {
  if (typeof material === 'string') return itemsOfText(material, undefined, bounds)
  return material instanceof Uint8Array ? itemsOfFile(material, bounds) : itemsOfTexts(material, bounds)
}

function* itemsOfTexts(texts: readonly string[], bounds: Bounds): Items {
  for (const [element, text] of texts.entries()) yield* itemsOfText(text, element, bounds)
  return undefined
}

function* itemsOfFile(octets: Uint8Array, bounds: Bounds): Items {
  const place: Place = { element: undefined, line: undefined }
  if (isUtf16(octets)) yield faultAt(place, 'unknown', 'pem-malformed', 'it is text in UTF-16; save it as UTF-8')
  else if (isBinary(octets) || containerOf(octets) !== undefined) yield* itemsOfObject(octets, place, bounds)
  else yield* itemsOfText(Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString(), undefined, bounds)
  return undefined
}

function* itemsOfText(text: string, element: number | undefined, bounds: Bounds): Items {
  let found = false
  for (const block of pemBlocks(text)) {
    found = true
    const place: Place = { element, line: block.line }
    const item = itemOfBlock(block, place)
    if (item.type === 'message') yield* itemsOfMessage(item.octets, place, bounds)
    else yield item
  }
  if (found) return undefined
  const place: Place = { element, line: undefined }
  const octets = decodeBase64(text.startsWith('\ufeff') ? text.slice(1) : text)
  if (octets.ok) yield* itemsOfObject(octets.value, place, bounds)
  else if (/[^\s\ufeff]/.test(text)) {
    yield faultAt(place, 'unknown', 'pem-malformed', 'it holds neither a PEM block nor base64 of DER')
  }
  return undefined
}

/** PKCS#7, which may hold many items. */
interface Message {
  readonly type: 'message'
  readonly octets: Uint8Array
}

const itemOfBlock = (block: PemBlock, place: Place): BundleItem | Message => {
  if (block.type === 'contents') return itemOfContents(block, place)
  if (block.type === 'other' || isAside(block.object)) return { ...ignoredBlock(block.label), place }
  return faultAt(place, meantBy[block.object], 'pem-malformed', block.reason)
}

/** Labels are of the input: only what people write in them is shown. */
const labelled = (label: string): string =>
  /^[A-Za-z0-9 .#-]+$/.test(label) ? `a PEM block labelled ${label}` : 'a PEM block of an unknown label'

const ignoredBlock = (label: string): Extract<LeftOut, { readonly type: 'ignored' }> => ({
  type: 'ignored',
  what: labelled(label)
})

type Aside = 'certificate-request' | 'ocsp-response'

const isAside = (object: PemObject): object is Aside => object === 'certificate-request' || object === 'ocsp-response'

const meantBy = {
  certificate: 'certificate',
  'trusted-certificate': 'certificate',
  pkcs7: 'certificate',
  crl: 'crl',
  'private-key': 'private-key',
  'encrypted-private-key': 'private-key'
} as const satisfies Record<Exclude<PemObject, Aside>, string>

const itemOfContents = (block: PemContents, place: Place): BundleItem | Message => {
  const { object, octets, label, encrypted } = block
  if (object === 'private-key' || object === 'encrypted-private-key') {
    const locked = encrypted || (label === 'OPENSSH PRIVATE KEY' && isEncryptedOpenSsh(octets))
    return { type: 'private-key', key: { der: octets, label, encrypted: locked }, place }
  }
  if (isAside(object)) return { type: 'aside', object, der: octets, otherwise: ignoredBlock(label), place }
  if (object === 'crl') return { type: 'crl', der: octets, place }
  if (object === 'trusted-certificate') {
    const read = readTrustedCertificate(octets)
    return read.ok
      ? { type: 'certificate', ...read.value, place }
      : faultAt(place, 'certificate', 'certificate-malformed', read.reason)
  }
  // What a block says it is it is held to, but PKCS#7 labelled CERTIFICATE is common, and cannot be mistaken.
  return object === 'pkcs7' || isPkcs7(octets)
    ? { type: 'message', octets }
    : { type: 'certificate', der: octets, trust: undefined, place }
}

function* itemsOfMessage(octets: Uint8Array, place: Place, bounds: Bounds): Items {
  // One more than may be taken, so that the caller sees that there is more.
  const read = readPkcs7(octets, bounds.most + 1, bounds.asn1Depth)
  if (!read.ok) {
    yield faultAt(
      place,
      'certificate',
      'certificate-malformed',
      `it is no PKCS#7 message that can be read: ${read.reason}`
    )
    return undefined
  }
  if (read.value.length === 0) {
    yield faultAt(place, 'certificate', 'certificate-malformed', 'it is a PKCS#7 message without certificates')
  }
  for (const { type, der } of read.value) {
    if (type === 'certificate') yield { type, der, trust: undefined, place }
    else if (type === 'crl') yield { type, der, place }
    else yield { type: 'ignored', what: 'something in a PKCS#7 message other than a certificate or a CRL', place }
  }
  return undefined
}

/** An object that came without a label: DER, or what is known by its first octets. */
function* itemsOfObject(octets: Uint8Array, place: Place, bounds: Bounds): Items {
  const kind = kindOf(octets)
  const container: Container | undefined = containerOf(octets)
  if (container !== undefined) {
    const fault = { code: 'container-unsupported', reason: containerFault(container) } as const
    if (container === 'certificate-request' || container === 'ocsp-response') {
      const otherwise = { type: 'fault', object: 'unknown', fault } as const
      yield { type: 'aside', object: container, der: octets, otherwise, place }
      return undefined
    }
    const isKey = container === 'private-key' || container === 'encrypted-private-key'
    yield { type: 'fault', object: isKey ? 'private-key' : 'unknown', fault, place }
  } else if (kind === 'pkcs7') {
    yield* itemsOfMessage(octets, place, bounds)
  } else if (kind === 'crl') {
    yield { type: 'crl', der: octets, place }
  } else if (kind === 'unknown') {
    yield faultAt(
      place,
      'unknown',
      'certificate-malformed',
      'it is not DER of a certificate, a CRL or a PKCS#7 message'
    )
  } else {
    // A SEQUENCE of no known form goes to the certificate's reader as well, which tells best what is wrong with it.
    yield { type: 'certificate', der: octets, trust: undefined, place }
  }
  return undefined
}

type FaultObject = Extract<BundleItem, { type: 'fault' }>['object']

const faultAt = (place: Place, object: FaultObject, code: InputFault['code'], reason: string): BundleItem => ({
  type: 'fault',
  object,
  fault: { code, reason },
  place
})
