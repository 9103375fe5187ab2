import type {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  PolicyConstraints,
  PolicyInformation,
  PolicyMapping
} from '../../model/certificate.ts'
import { type Fault, fault } from '../../model/finding.ts'
import type { GeneralName, Name, Subtrees } from '../../model/name.ts'
import type { PublicKey } from '../../model/public-key.ts'
import { attempt, contentOf, type Decoded, derOf, type Element, tags } from '../der/der.ts'
import { hex, readOctetBits } from '../der/primitives.ts'
import { firstSecondOf2050, readTime } from '../der/time.ts'
import { readAlgorithmIdentifier } from '../key/algorithm.ts'
import { readPublicKey } from '../key/public-key.ts'
import { readName } from '../name/name.ts'
import { checkFrame, readVersion } from './certificate-frame.ts'
import { type CertificateParts, splitCertificate, splitValidity } from './certificate-parts.ts'
import { ExtensionValues } from './extension-values.ts'
import { fingerprintOf } from './fingerprint.ts'
import { Reading } from './reading.ts'
import { places } from './reading-order.ts'

/**
 * Reads a certificate. It fails only where the outer DER or the to-be-signed part cannot be split; what is wrong
 * deeper stands in the certificate's `faults`, read when they are asked for. `fingerprint` spares computing what is known.
 */
export const readCertificate = (der: Uint8Array, fingerprint?: string): Decoded<Certificate> => {
  const parts = splitCertificate(der)
  return parts.ok ? { ok: true, value: new DerCertificate(der, parts.value, fingerprint) } : parts
}

class DerCertificate implements Certificate {
  readonly der: Uint8Array
  readonly #parts: CertificateParts
  readonly #reading = new Reading()
  readonly #values: ExtensionValues
  #fingerprint: string | undefined
  #serialNumber: string | undefined
  #faults: readonly Fault[] | undefined
  #oddities: readonly Fault[] | undefined

  constructor(der: Uint8Array, parts: CertificateParts, fingerprint: string | undefined) {
    this.der = der
    this.#parts = parts
    this.#fingerprint = fingerprint
    this.#values = new ExtensionValues(parts.extensions, this.#reading)
  }

  get fingerprint(): string {
    this.#fingerprint ??= fingerprintOf(this.der)
    return this.#fingerprint
  }

  get tbs(): Uint8Array {
    return this.#parts.tbs
  }

  get version(): number {
    return this.#reading.once(places.version, this.#readVersion, this)
  }

  #readVersion(): number {
    return readVersion(this.#parts.version, this.#reading)
  }

  get serialNumber(): string {
    this.#serialNumber ??= hex(contentOf(this.#parts.serialNumber))
    return this.#serialNumber
  }

  get signatureAlgorithm(): AlgorithmIdentifier | undefined {
    return this.#reading.once(places.signatureAlgorithm, this.#readSignatureAlgorithm, this)
  }

  #readSignatureAlgorithm(): AlgorithmIdentifier | undefined {
    return this.#reading.attempt(() => readAlgorithmIdentifier(this.#parts.outerAlgorithm))
  }

  get innerSignatureAlgorithm(): AlgorithmIdentifier | undefined {
    return this.#reading.once(places.signature, this.#readInnerSignatureAlgorithm, this)
  }

  #readInnerSignatureAlgorithm(): AlgorithmIdentifier | undefined {
    const outer = this.signatureAlgorithm
    const same = outer !== undefined && Buffer.compare(derOf(this.#parts.innerAlgorithm), outer.der) === 0
    return same ? outer : this.#reading.attempt(() => readAlgorithmIdentifier(this.#parts.innerAlgorithm))
  }

  get signature(): Uint8Array | undefined {
    return this.#reading.once(places.signatureValue, this.#readSignature, this)
  }

  #readSignature(): Uint8Array | undefined {
    return this.#reading.attempt(() => readOctetBits(this.#parts.signature, 'signatureValue'))
  }

  get issuer(): Name {
    return this.#reading.once(places.issuer, this.#readIssuer, this)
  }

  #readIssuer(): Name {
    return this.#name(this.#parts.issuer, 'issuer')
  }

  get subject(): Name {
    return this.#reading.once(places.subject, this.#readSubject, this)
  }

  #readSubject(): Name {
    return this.#name(this.#parts.subject, 'subject')
  }

  get selfIssued(): boolean {
    return this.subject.key === this.issuer.key
  }

  get notBefore(): number | undefined {
    return this.#validity[0]
  }

  get notAfter(): number | undefined {
    return this.#validity[1]
  }

  get spki(): Uint8Array {
    return derOf(this.#parts.spki)
  }

  get publicKey(): PublicKey | undefined {
    return this.#reading.once(places.publicKey, this.#readPublicKey, this)
  }

  #readPublicKey(): PublicKey | undefined {
    const read = readPublicKey(this.spki)
    if (read.ok) return read.value
    this.#reading.noteFault(read.fault)
    return undefined
  }

  get extensions(): readonly Extension[] {
    return this.#values.list
  }

  extension(oid: string): Extension | undefined {
    return this.#values.find(oid)
  }

  get basicConstraints(): BasicConstraints | undefined {
    return this.#values.basicConstraints
  }

  get keyUsage(): number | undefined {
    return this.#values.keyUsage
  }

  get extendedKeyUsage(): readonly string[] | undefined {
    return this.#values.extendedKeyUsage
  }

  get subjectAlternativeNames(): readonly GeneralName[] | undefined {
    return this.#values.subjectAlternativeNames
  }

  get nameConstraints(): Subtrees | undefined {
    return this.#values.nameConstraints
  }

  get certificatePolicies(): readonly PolicyInformation[] | undefined {
    return this.#values.certificatePolicies
  }

  get policyMappings(): readonly PolicyMapping[] | undefined {
    return this.#values.policyMappings
  }

  get policyConstraints(): PolicyConstraints | undefined {
    return this.#values.policyConstraints
  }

  get inhibitAnyPolicy(): number | undefined {
    return this.#values.inhibitAnyPolicy
  }

  get authorityKeyIdentifier(): AuthorityKeyIdentifier | undefined {
    return this.#values.authorityKeyIdentifier
  }

  get subjectKeyIdentifier(): string | undefined {
    return this.#values.subjectKeyIdentifier
  }

  get faults(): readonly Fault[] {
    this.#faults ??= this.#allRead.faults
    return this.#faults
  }

  get oddities(): readonly Fault[] {
    this.#oddities ??= this.#allRead.oddities
    return this.#oddities
  }

  get #validity(): readonly [number | undefined, number | undefined] {
    return this.#reading.once(places.validity, this.#readValidity, this)
  }

  #readValidity(): readonly [number | undefined, number | undefined] {
    const times = attempt(() => {
      const [notBefore, notAfter] = splitValidity(this.#parts.validity)
      return [this.#time(notBefore, 'notBefore'), this.#time(notAfter, 'notAfter')] as const
    })
    if (times.ok) return times.value
    this.#reading.noteFault(fault('validity-malformed', { reason: times.reason }))
    return [undefined, undefined] as const
  }

  /** RFC 5280 §4.1.2.5: through the year 2049 a time is a UTCTime. */
  #time(element: Element, field: string): number {
    const seconds = readTime(element, field)
    if (element.tag === tags.generalizedTime && seconds < firstSecondOf2050) {
      this.#reading.noteOddity(fault('validity-encoding', { field }))
    }
    return seconds
  }

  #name(element: Element, field: string): Name {
    const name = readName(derOf(element))
    if (name.malformed !== undefined) {
      this.#reading.noteFault(fault('certificate-malformed', { reason: `the ${field}: ${name.malformed}` }))
    }
    return name
  }

  /** What was noted when every field has been read, so that each has left its faults. */
  get #allRead(): Reading {
    this.#reading.once(places.frame, this.#checkFrame, this)
    void [this.issuer, this.notBefore, this.subject, this.publicKey, this.signature]
    this.#values.readAll()
    return this.#reading
  }

  #checkFrame(): void {
    checkFrame(this.#parts, this, this.#reading)
  }
}
