import type { Bundle, BundleItem, InputFault, Place } from '../model/bundle.ts'
import type { Material } from '../model/request.ts'
import { readCms } from './cms.ts'
import { decodeBase64, hasPem, type PemBlock, readPem } from './pem.ts'
import { isBinary, kindOf } from './sniff.ts'
import { readTrustedCertificate } from './trusted-certificate.ts'

/**
 * Reads what people have: PEM text, an array of texts with PEM or one base64 object each, or the octets of a file (PEM, DER
 * or a CMS message). Certificates and CRLs are not looked into beyond what tells them apart.
 *
 * Everything found is given, in its order: nothing is dropped in silence. Reading stops at `most` items.
 */
export const readBundle = (material: Material, most: number): Bundle => {
  const items: BundleItem[] = []
  for (const item of itemsOf(material, most + 1)) {
    if (items.length === most) return { items, truncated: true }
    items.push(item)
  }
  return { items, truncated: false }
}

function* itemsOf(material: Material, most: number): Iterable<BundleItem> {
  if (typeof material === 'string') yield* itemsOfText(material, undefined, most)
  else if (material instanceof Uint8Array) yield* itemsOfFile(material, most)
  else for (const [element, text] of material.entries()) yield* itemsOfText(text, element, most)
}

function* itemsOfFile(octets: Uint8Array, most: number): Iterable<BundleItem> {
  const place: Place = { element: undefined, line: undefined }
  if (isBinary(octets)) yield* itemsOfObject(octets, place)
  else if (octets[0] === 0xff || octets[0] === 0xfe) yield faultAt(place, 'pem-malformed', 'it is text in UTF-16; save it as UTF-8')
  else yield* itemsOfText(Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('utf8'), undefined, most)
}

function* itemsOfText(text: string, element: number | undefined, most: number): Iterable<BundleItem> {
  if (hasPem(text)) {
    for (const block of readPem(text, most)) yield* itemsOfBlock(block, { element, line: block.line })
    return
  }
  const bare = text.replaceAll(/\s+/g, '').replace(/^\ufeff/, '')
  if (bare === '') return
  const place: Place = { element, line: undefined }
  const octets = decodeBase64(bare)
  if (octets === undefined) yield faultAt(place, 'pem-malformed', 'it holds neither a PEM block nor base64 DER')
  else yield* itemsOfObject(octets, place)
}

const labelsOfCertificates: ReadonlySet<string> = new Set(['CERTIFICATE', 'X509 CERTIFICATE'])
const labelsOfMessages: ReadonlySet<string> = new Set(['PKCS7', 'CMS'])

function* itemsOfBlock(block: PemBlock, place: Place): Iterable<BundleItem> {
  const { label } = block
  if (!block.ok) {
    yield faultAt(place, 'pem-malformed', block.reason)
  } else if (labelsOfCertificates.has(label)) {
    // What a block says it is, it is held to; but PKCS#7 under this label is common, and cannot be mistaken.
    if (kindOf(block.octets) === 'cms') yield* itemsOfMessage(block.octets, place)
    else yield { type: 'certificate', der: block.octets, trust: undefined, place }
  } else if (label === 'TRUSTED CERTIFICATE') {
    const read = readTrustedCertificate(block.octets)
    yield read.ok ? { type: 'certificate', ...read.value, place } : faultAt(place, 'certificate-malformed', read.reason)
  } else if (labelsOfMessages.has(label)) {
    yield* itemsOfMessage(block.octets, place)
  } else if (label === 'X509 CRL') {
    yield { type: 'crl', der: block.octets, place }
  } else if (label.endsWith('PRIVATE KEY')) {
    const encrypted = label === 'ENCRYPTED PRIVATE KEY' || /^DEK-Info:/m.test(block.headers)
    yield { type: 'private-key', key: { der: block.octets, label, encrypted }, place }
  } else {
    yield { type: 'ignored', what: `a PEM block labelled ${label}`, place }
  }
}

function* itemsOfMessage(octets: Uint8Array, place: Place): Iterable<BundleItem> {
  const read = readCms(octets)
  if (!read.ok) {
    yield faultAt(place, 'certificate-malformed', read.reason)
    return
  }
  for (const der of read.value.certificates) yield { type: 'certificate', der, trust: undefined, place }
  for (const der of read.value.crls) yield { type: 'crl', der, place }
}

function* itemsOfObject(octets: Uint8Array, place: Place): Iterable<BundleItem> {
  const kind = kindOf(octets)
  switch (kind) {
    case 'certificate':
      yield { type: 'certificate', der: octets, trust: undefined, place }
      return
    case 'crl':
      yield { type: 'crl', der: octets, place }
      return
    case 'cms':
      yield* itemsOfMessage(octets, place)
      return
    case 'private-key':
    case 'encrypted-private-key':
      yield { type: 'private-key', key: { der: octets, label: 'PRIVATE KEY', encrypted: kind !== 'private-key' }, place }
      return
    case 'certificate request':
      yield { type: 'ignored', what: 'a certificate request', place }
      return
    case 'PKCS#12 file':
    case 'Java key store':
      yield faultAt(place, 'container-unsupported', `it is a ${kind}; ${conversions[kind]}`)
      return
    case 'unknown':
      yield faultAt(place, 'certificate-malformed', 'it is no DER of a certificate, a CRL or a CMS message')
  }
}

const conversions = {
  'PKCS#12 file': 'openssl pkcs12 -in FILE -nokeys -out certificates.pem takes the certificates out of it',
  'Java key store': 'keytool -list -rfc -keystore FILE > certificates.pem takes the certificates out of it'
} as const

const faultAt = (place: Place, code: InputFault['code'], reason: string): BundleItem => ({
  type: 'fault',
  fault: { code, reason },
  place
})
