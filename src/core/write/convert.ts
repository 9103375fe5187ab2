import { readBundle } from '../decode/input/bundle.ts'
import type { BundleItem, Place } from '../model/bundle.ts'
import type { Limits } from '../model/limits.ts'
import type { Material, Refusal, RefusalError } from '../model/request.ts'
import { pemBlock } from './pem.ts'
import { certsOnlyMessage } from './pkcs7.ts'

/** What certificates may be turned into: PEM text, one certificate in DER, or a certs-only CMS message in DER. */
export type Form = 'pem' | 'der' | 'pkcs7'

export type Conversion = { readonly kind: 'octets'; readonly octets: Uint8Array } | Refusal

/**
 * Turns what came into another form, in its order; octets of the objects are those that came. PEM has certificates, CRLs and
 * requests, a message certificates and CRLs, and DER is one certificate. Private keys are never given back. What cannot be
 * read is refused rather than left out: nobody looks for what is missing in an answer that looks right.
 */
export const convert = (material: Material, form: Form, most: number, limits: Limits): Conversion => {
  const { items, truncated } = readBundle(material, most, limits.asn1Depth)
  if (truncated) return refusal(413, 'too-many-certificates', `There are more than ${most} objects in it.`)
  for (const item of items) if (item.type === 'private-key') item.key.der.fill(0)
  const faults = items.flatMap((item) =>
    item.type === 'fault' ? [errorOf(item.fault.code, item.fault.reason, item.place)] : []
  )
  const [fault] = faults
  if (fault !== undefined) return { ...refusal(422, fault.code, fault.detail), errors: faults }
  const certificates = items.flatMap((item) => (item.type === 'certificate' ? [item.der] : []))
  const crls = items.flatMap((item) => (item.type === 'crl' ? [item.der] : []))
  if (form === 'pem') {
    const text = items.map(blockOf).join('')
    return text === '' ? empty('a certificate, a CRL or a request') : octets(Buffer.from(text))
  }
  if (form === 'pkcs7') {
    if (certificates.length + crls.length === 0) return empty('a certificate or a CRL')
    return octets(certsOnlyMessage({ certificates, crls }))
  }
  const [only] = certificates
  if (only === undefined) return empty('a certificate')
  if (certificates.length === 1) return octets(only)
  return refusal(422, 'field-invalid', `DER is one certificate, and there are ${certificates.length}.`)
}

const octets = (bytes: Uint8Array): Conversion => ({ kind: 'octets', octets: bytes })

const blockOf = (item: BundleItem): string => {
  if (item.type === 'certificate') return pemBlock('CERTIFICATE', item.der)
  if (item.type === 'crl') return pemBlock('X509 CRL', item.der)
  return item.type === 'aside' && item.object === 'certificate-request' ? pemBlock('CERTIFICATE REQUEST', item.der) : ''
}

const empty = (what: string): Refusal => refusal(422, 'chain-empty', `It holds no ${what.replace(/^a /, '')}.`)

const refusal = (status: Refusal['status'], code: RefusalError['code'], detail: string): Refusal => ({
  kind: 'refusal',
  status,
  code,
  detail,
  errors: [{ pointer: '/chain', code, detail }]
})

const errorOf = (code: RefusalError['code'], reason: string, { element, line }: Place): RefusalError => ({
  pointer: element === undefined ? '/chain' : `/chain/${element}`,
  code,
  detail: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
  ...(line === undefined ? {} : { line })
})
