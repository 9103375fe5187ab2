import { readCertificate } from '../decode/certificate/certificate.ts'
import { readCrl } from '../decode/crl/crl.ts'
import { readBundle } from '../decode/input/bundle.ts'
import { constraintsOf } from '../decode/input/trusted-certificate.ts'
import type { Bundle, BundleItem, Place, PrivateKeyBlock } from '../model/bundle.ts'
import type { CrlCandidate } from '../model/crl.ts'
import { type Finding, warning } from '../model/finding.ts'
import { defaultLimits } from '../model/limits.ts'
import type { ValidationMemory } from '../model/memory.ts'
import type { MaterialField, ReadField } from '../model/read-field.ts'
import type { Material, RefusalError } from '../model/request.ts'
import type { TrustAnchor } from '../model/trust-store.ts'
import { readChain } from './chain-text.ts'
import type { FieldFault } from './field-fault.ts'

/**
 * Reads a field. What is unreadable in it is left out with a warning; but where the first certificate of `chain` is, or
 * a field that is not empty yields nothing at all, there is nothing to judge.
 */
export const readField = (
  field: MaterialField,
  material: Material,
  most: number,
  asn1Depth = defaultLimits.asn1Depth,
  memory?: ValidationMemory
): ReadField | FieldFault => {
  const fields = typeof material === 'string' ? memory?.fieldsOf?.(material) : undefined
  const known = fields?.get(field)
  if (known !== undefined && known.count <= most) return known
  const read = (part: Material, upTo: number) => readWhole(field, part, upTo, asn1Depth, memory)
  const issuers = field === 'chain' ? memory?.issuers : undefined
  const asChain = issuers !== undefined && typeof material === 'string'
  const result = asChain ? readChain(material, most, read, issuers) : read(material, most)
  if (!('kind' in result) && fields !== undefined) {
    fields.clear()
    fields.set(field, result)
  }
  return result
}

const readWhole = (
  field: MaterialField,
  material: Material,
  most: number,
  asn1Depth: number,
  memory: ValidationMemory | undefined
): ReadField | FieldFault => {
  const bundle = readBundle(material, most, asn1Depth)
  if (bundle.truncated) return { kind: 'too-many' }
  const reader = new FieldReader(field, memory)
  for (const item of bundle.items) reader.take(item)
  return reader.result(bundle, isEmpty(material))
}

const isEmpty = (material: Material): boolean =>
  typeof material === 'string' ? material.trim() === '' : material.length === 0

class FieldReader {
  readonly #field: MaterialField
  readonly #memory: ValidationMemory | undefined
  readonly #certificates: TrustAnchor[] = []
  readonly #crls: CrlCandidate[] = []
  readonly #unreadable: { readonly source: string; readonly reason: string }[] = []
  readonly #warnings: Finding[] = []
  readonly #errors: RefusalError[] = []
  /** Certificates and what was meant as one: `chain[n]` counts both, so that places stay true. */
  #slots = 0
  #firstIsUnreadable = false
  /** The first thing that was left out, told where nothing else is there. */
  #firstIgnored: { readonly reason: string; readonly place: Place; readonly code?: RefusalError['code'] } | undefined
  #privateKey: ReadField['privateKey']

  constructor(field: MaterialField, memory: ValidationMemory | undefined) {
    this.#field = field
    this.#memory = memory
  }

  take(item: BundleItem): void {
    switch (item.type) {
      case 'certificate':
        if (this.#field === 'crls') this.#ignore('a certificate is no CRL', item.place)
        else this.#takeCertificate(item)
        return
      case 'crl':
        if (this.#field === 'crls') this.#takeCrl(item.der, item.place)
        else this.#ignore('a CRL has its place in crls', item.place)
        return
      case 'private-key':
        this.#takeKey(item.key, item.place)
        return
      case 'fault':
        this.#refuse(item.fault.code, item.fault.reason, item.place)
        return
      case 'aside':
        this.take({ ...item.otherwise, place: item.place })
        return
      case 'ignored':
        this.#ignore(`it is ${item.what}`, item.place)
    }
  }

  result(bundle: Bundle, empty: boolean): ReadField | FieldFault {
    const found = this.#certificates.length + this.#crls.length
    if (this.#field === 'chain' && this.#firstIsUnreadable) return { kind: 'unreadable', errors: this.#errors }
    if (found === 0 && (!empty || this.#field === 'chain')) return { kind: 'unreadable', errors: this.#reasons(empty) }
    return {
      certificates: this.#certificates,
      crls: this.#crls,
      unreadable: this.#unreadable,
      warnings: this.#warnings,
      privateKey: this.#privateKey,
      heldPrivateKey: bundle.items.some(({ type }) => type === 'private-key'),
      count: bundle.items.length
    }
  }

  #reasons(empty: boolean): readonly RefusalError[] {
    if (this.#errors.length > 0) return this.#errors
    const wanted = this.#field === 'crls' ? 'CRL' : 'certificate'
    const code = this.#field === 'chain' ? 'chain-empty' : 'pem-malformed'
    if (empty) return [{ pointer: `/${this.#field}`, code, detail: `It is empty; it needs a ${wanted}.` }]
    const {
      reason,
      place,
      code: special
    } = this.#firstIgnored ?? {
      reason: 'neither a PEM block nor DER was found',
      place: { element: undefined, line: undefined }
    }
    const line = place.line === undefined ? {} : { line: place.line }
    const detail = `It holds no ${wanted}: ${reason}.`
    return [{ pointer: this.#pointer(place), code: special ?? code, detail, ...line }]
  }

  #takeCertificate({ der, trust, place }: Extract<BundleItem, { readonly type: 'certificate' }>): void {
    const known = this.#memory?.certificate(der)
    const read = known === undefined ? readCertificate(der) : ({ ok: true, value: known } as const)
    if (!read.ok) {
      this.#refuse('certificate-malformed', read.reason, place)
      return
    }
    const constraints = this.#field === 'caBundle' ? constraintsOf(trust) : undefined
    this.#certificates.push({ certificate: read.value, source: `${this.#field}[${this.#slots++}]`, constraints })
  }

  #takeCrl(der: Uint8Array, place: Place): void {
    const read = readCrl(der)
    if (read.ok) this.#crls.push({ crl: read.value, source: `crls[${this.#slots++}]` })
    else this.#refuse('crl-malformed', read.reason, place)
  }

  #takeKey(block: PrivateKeyBlock, place: Place): void {
    if (this.#field === 'chain' && this.#privateKey === undefined) {
      this.#privateKey = { block, precedesCertificate: this.#slots === 0, place }
      this.#firstIgnored ??= { reason: 'there is a private key alone', place }
      return
    }
    block.der.fill(0)
    this.#ignore('a private key has no place here; it was dropped unread', place, 'private-key-refused')
  }

  #refuse(code: RefusalError['code'], reason: string, place: Place): void {
    const slot = this.#slots++
    if (slot === 0) this.#firstIsUnreadable = true
    const line = place.line === undefined ? {} : { line: place.line }
    this.#errors.push({ pointer: this.#pointer(place), code, detail: sentence(reason), ...line })
    const source = `${this.#field}[${slot}]`
    this.#unreadable.push({ source, reason })
    this.#warnings.push(
      code === 'pem-malformed' && place.line !== undefined
        ? warning('pem-malformed', null, { reason, source: this.#field, line: place.line })
        : warning('object-ignored', null, { reason, source })
    )
  }

  /** `code` is that of the problem, where the field holds nothing else. */
  #ignore(reason: string, place: Place, code?: RefusalError['code']): void {
    this.#firstIgnored ??= { reason, place, ...(code !== undefined && this.#field !== 'chain' ? { code } : {}) }
    const where =
      place.line === undefined ? this.#pointer(place).slice(1) : `The block at line ${place.line} of ${this.#field}`
    this.#warnings.push(warning('object-ignored', null, { reason, source: where }))
  }

  #pointer({ element }: Place): string {
    return element === undefined ? `/${this.#field}` : `/${this.#field}/${element}`
  }
}

const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`
