import { readCertificate } from '../decode/certificate/certificate.ts'
import { readCrl } from '../decode/crl/crl.ts'
import { readBundle } from '../decode/input/bundle.ts'
import { readOcspResponse } from '../decode/ocsp/ocsp-response.ts'
import { readCertificateRequest } from '../decode/request/certificate-request.ts'
import { matchesPrivateKey } from '../match/key/private-key.ts'
import type { BundleItem, PrivateKeyBlock, TrustSettings } from '../model/bundle.ts'
import type { Certificate } from '../model/certificate.ts'
import type {
  CertificateRequestDescription,
  InspectedItem,
  ItemPlace,
  OcspResponseDescription,
  QuestionableItem,
  TrustItem
} from '../model/description.ts'
import type { Limits } from '../model/limits.ts'
import { purposeName } from '../model/options.ts'
import type { CheckContext } from '../model/path.ts'
import type { PublicKey } from '../model/public-key.ts'
import type { Material } from '../model/request.ts'
import { certificateDescriber, inspectionVerifier } from './certificate.ts'
import { describeRequest } from './certificate-request.ts'
import { describeCrl } from './crl.ts'
import { describeOcspResponse } from './ocsp-response.ts'
import { pythonView } from './python.ts'

/** Items of what was sent, in its order, or that there are more than may be. */
export type Inspection =
  | { readonly kind: 'items'; readonly items: readonly InspectedItem[] }
  | { readonly kind: 'too-many' }

/** Makes what says what is questionable about a certificate. */
export type Questioner = (
  limits: Limits,
  verify: CheckContext['verify']
) => (certificate: Certificate) => readonly QuestionableItem[]

/** Private keys that are held against the first certificate: it costs arithmetic. */
const mostKeys = 8

/**
 * Says all that is in `material`: of certificates and CRLs what they say, of private keys that they are there and whether
 * they belong to the first certificate. Nothing of a key is told, and its octets are overwritten. What cannot be read is
 * an item as well, with its reason.
 */
export const inspect = (material: Material, most: number, limits: Limits, question: Questioner): Inspection => {
  const { items, truncated } = readBundle(material, most, limits.asn1Depth)
  const inspector = new Inspector(limits, firstKey(items), question)
  const inspected = items.map((item) => inspector.inspect(item))
  return truncated ? { kind: 'too-many' } : { kind: 'items', items: inspected }
}

/** The public key of the first certificate that can be read. */
const firstKey = (items: readonly BundleItem[]): PublicKey | undefined => {
  for (const item of items) {
    const read = item.type === 'certificate' ? readCertificate(item.der) : undefined
    if (read?.ok === true) return read.value.publicKey
  }
  return undefined
}

class Inspector {
  readonly #limits: Limits
  readonly #publicKey: PublicKey | undefined
  readonly #verify: CheckContext['verify']
  readonly #describe: ReturnType<typeof certificateDescriber>
  readonly #question: ReturnType<Questioner>
  #keys = 0

  constructor(limits: Limits, publicKey: PublicKey | undefined, question: Questioner) {
    this.#limits = limits
    this.#publicKey = publicKey
    this.#verify = inspectionVerifier(limits)
    this.#describe = certificateDescriber(limits, this.#verify)
    this.#question = question(limits, this.#verify)
  }

  inspect(item: BundleItem): InspectedItem {
    const place = { element: item.place.element ?? null, line: item.place.line ?? null }
    switch (item.type) {
      case 'certificate':
        return this.#certificate(item.der, item.trust, place)
      case 'crl': {
        const read = readCrl(item.der)
        return read.ok
          ? { ...describeCrl(read.value), place }
          : { type: 'unreadable', object: 'crl', code: 'crl-malformed', reason: read.reason, place }
      }
      case 'private-key':
        return { ...this.#key(item.key), place }
      case 'aside':
        return { ...this.#aside(item.object, item.der), place }
      case 'fault':
        return { type: 'unreadable', object: item.object, ...item.fault, place }
      case 'ignored':
        return { type: 'other', what: item.what, place }
    }
  }

  #certificate(der: Uint8Array, trust: TrustSettings | undefined, place: ItemPlace): InspectedItem {
    const read = readCertificate(der)
    if (!read.ok)
      return { type: 'unreadable', object: 'certificate', code: 'certificate-malformed', reason: read.reason, place }
    const remarks = { python: pythonView(read.value), questionable: this.#question(read.value) }
    const description = { ...this.#describe(read.value), ...remarks }
    return trust === undefined ? { ...description, place } : { ...description, trust: trustItem(trust), place }
  }

  #aside(object: 'certificate-request' | 'ocsp-response', der: Uint8Array): WithoutPlace {
    if (object === 'certificate-request') {
      const read = readCertificateRequest(der)
      if (read.ok) return describeRequest(read.value, this.#verify)
      return { type: 'unreadable', object, code: 'certificate-request-malformed', reason: read.reason }
    }
    const read = readOcspResponse(der, this.#limits)
    if (read.ok) return describeOcspResponse(read.value)
    return { type: 'unreadable', object, code: 'ocsp-response-malformed', reason: read.reason }
  }

  #key(block: PrivateKeyBlock): Omit<Extract<InspectedItem, { readonly type: 'private-key' }>, 'place'> {
    const { label, encrypted } = block
    const known = this.#keys++ < mostKeys ? this.#publicKey : undefined
    // Without a public key nothing is computed; the octets are overwritten all the same.
    return { type: 'private-key', label, encrypted, matches: matchesPrivateKey(block, known, this.#limits) }
  }
}

type WithoutPlace = CertificateRequestDescription | OcspResponseDescription | Unreadable
type Unreadable = Omit<Extract<InspectedItem, { readonly type: 'unreadable' }>, 'place'>

const trustItem = ({ trusted, rejected }: TrustSettings): TrustItem => ({
  trusted: trusted?.map(purposeName) ?? null,
  rejected: rejected?.map(purposeName) ?? null
})
