import { readCertificate } from '../core/decode/certificate/certificate.ts'
import { readCrl } from '../core/decode/crl/crl.ts'
import { readBundle } from '../core/decode/input/bundle.ts'
import { constraintsOf } from '../core/decode/input/trusted-certificate.ts'
import { type AnchorConstraints, purposeTrust } from '../core/model/anchor-constraints.ts'
import type { BundleItem, Place } from '../core/model/bundle.ts'
import type { Certificate } from '../core/model/certificate.ts'
import type { Material, RefusalError } from '../core/model/request.ts'
import { isCa } from './authority.ts'

export type UploadFaultCode =
  | 'pem-malformed'
  | 'certificate-malformed'
  | 'crl-malformed'
  | 'container-unsupported'
  | 'private-key-refused'
  | 'certificate-not-ca'

export type UploadFault = RefusalError<UploadFaultCode>

/** Certificates and CRLs for a store, as they came. */
export interface Upload {
  readonly certificates: Material
  readonly crls?: Material | undefined
}

export interface UploadBounds {
  /** Certificates and other objects, in all. */
  readonly maxItems: number
  readonly allowEndEntity: boolean
}

/** A certificate that came again after it had come. */
export interface Duplicate {
  readonly certificate: Certificate
  readonly pointer: string
  readonly line?: number
}

/** What an upload holds, in its order, each once. */
export interface UploadRead {
  readonly certificates: readonly Certificate[]
  /** What certificates say of themselves (TRUSTED CERTIFICATE), by fingerprint. */
  readonly ownTrust: ReadonlyMap<string, AnchorConstraints>
  readonly crls: readonly Uint8Array[]
  readonly duplicates: readonly Duplicate[]
  /** Everything else that came: it cannot be taken. */
  readonly faults: readonly UploadFault[]
  /** There was more than may come; what is read is not all. */
  readonly truncated: boolean
}

/**
 * Reads an upload. Nothing is passed over: what is not a certificate of a CA or a CRL is a fault with its place. Private
 * keys are wiped where they are found.
 */
export const readUpload = ({ certificates, crls }: Upload, bounds: UploadBounds): UploadRead => {
  const reader = new UploadReader(bounds.allowEndEntity)
  const first = readBundle(certificates, bounds.maxItems)
  for (const item of first.items) reader.take('/certificates', item)
  const second = crls === undefined ? undefined : readBundle(crls, bounds.maxItems - first.items.length)
  for (const item of second?.items ?? []) reader.take('/crls', item)
  return reader.result(first.truncated || second?.truncated === true)
}

type Field = '/certificates' | '/crls'

class UploadReader {
  readonly #allowEndEntity: boolean
  readonly #certificates = new Map<string, Certificate>()
  readonly #ownTrust = new Map<string, AnchorConstraints>()
  readonly #crls = new Map<string, Uint8Array>()
  readonly #duplicates: Duplicate[] = []
  readonly #faults: UploadFault[] = []

  constructor(allowEndEntity: boolean) {
    this.#allowEndEntity = allowEndEntity
  }

  take(field: Field, item: BundleItem): void {
    switch (item.type) {
      case 'certificate':
        if (field === '/crls') this.#refuse(field, item.place, 'crl-malformed', 'it is a certificate and no CRL')
        else this.#takeCertificate(item)
        return
      case 'crl':
        this.#takeCrl(field, item)
        return
      case 'private-key':
        item.key.der.fill(0)
        this.#refuse(field, item.place, 'private-key-refused', 'it is a private key, which must never be sent here')
        return
      case 'ignored':
        this.#refuse(field, item.place, 'pem-malformed', `it is ${item.what}, which has no place in a trust store`)
        return
      case 'fault': {
        const code = item.object === 'private-key' ? 'private-key-refused' : item.fault.code
        this.#refuse(field, item.place, code, item.fault.reason)
      }
    }
  }

  result(truncated: boolean): UploadRead {
    return {
      certificates: [...this.#certificates.values()],
      ownTrust: this.#ownTrust,
      crls: [...this.#crls.values()],
      duplicates: this.#duplicates,
      faults: this.#faults,
      truncated
    }
  }

  #takeCertificate({ der, trust, place }: Extract<BundleItem, { readonly type: 'certificate' }>): void {
    const field = '/certificates'
    const read = readCertificate(der)
    const own = constraintsOf(trust)
    if (!read.ok) {
      this.#refuse(field, place, 'certificate-malformed', read.reason)
    } else if (own !== undefined && purposeTrust(own).trusted?.length === 0) {
      this.#refuse(field, place, 'certificate-malformed', 'its own trust settings trust it for nothing')
    } else if (!this.#allowEndEntity && !isCa(read.value)) {
      const whose = `the certificate of ${read.value.subject.text} is not that of a CA`
      this.#refuse(field, place, 'certificate-not-ca', whose)
    } else {
      const { fingerprint } = read.value
      if (this.#certificates.has(fingerprint))
        this.#duplicates.push({ ...placeOf(field, place), certificate: read.value })
      else this.#certificates.set(fingerprint, read.value)
      if (own !== undefined) this.#ownTrust.set(fingerprint, own)
    }
  }

  #takeCrl(field: Field, { der, place }: Extract<BundleItem, { readonly type: 'crl' }>): void {
    const read = readCrl(der)
    if (read.ok) this.#crls.set(Buffer.from(der).toString('base64'), der)
    else this.#refuse(field, place, 'crl-malformed', read.reason)
  }

  #refuse(field: Field, place: Place, code: UploadFaultCode, reason: string): void {
    const detail = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`
    this.#faults.push({ code, detail, ...placeOf(field, place) })
  }
}

const placeOf = (field: Field, { element, line }: Place): { readonly pointer: string; readonly line?: number } => ({
  pointer: element === undefined ? field : `${field}/${element}`,
  ...(line === undefined ? {} : { line })
})
