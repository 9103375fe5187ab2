import type { AlgorithmIdentifier, AuthorityKeyIdentifier, Extension } from '../../model/certificate.ts'
import {
  type Crl,
  type IssuingDistributionPoint,
  crlExtensionOids as oids,
  type RevokedEntry
} from '../../model/crl.ts'
import { type Fault, fault } from '../../model/finding.ts'
import type { Name } from '../../model/name.ts'
import { extensionName } from '../../model/oids.ts'
import { readIssuingDistributionPoint } from '../certificate/distribution-points.ts'
import { readExtensions } from '../certificate/extensions.ts'
import { readAuthorityKeyIdentifier } from '../certificate/standard-extensions.ts'
import { attempt, contentOf, type Decoded, derOf, Malformed, single, tags, within } from '../der/der.ts'
import { hex, readInteger, readOctetBits } from '../der/primitives.ts'
import { readTime } from '../der/time.ts'
import { readAlgorithmIdentifier } from '../key/algorithm.ts'
import { readName } from '../name/name.ts'
import { type CrlEntries, indexEntries, noEntries } from './crl-entries.ts'
import { type CrlParts, splitCrl } from './crl-parts.ts'

/**
 * Reads a CRL. It fails only where the outer DER or the to-be-signed part cannot be split; what is wrong deeper stands
 * in the CRL's `faults`. Entries are read when they, or the faults, are first asked for.
 */
export const readCrl = (der: Uint8Array): Decoded<Crl> => {
  const parts = splitCrl(der)
  return parts.ok ? { ok: true, value: new DerCrl(der, parts.value) } : parts
}

/** Extensions that may be critical, since what they say is followed: RFC 5280 §5.2. */
const understood: ReadonlySet<string> = new Set([
  oids.cRLNumber,
  oids.deltaCRLIndicator,
  oids.issuingDistributionPoint,
  oids.authorityKeyIdentifier
])

const contradictions = {
  version: 'has extensions, which only a CRL of version 2 can have',
  algorithm: 'names one signature algorithm in its signed part and another one outside',
  removal: 'lists a certificate with removeFromCRL, which only a delta CRL may',
  scopes: 'is of end-entity certificates only and of others only at the same time',
  issuers: 'names issuers of its entries without being an indirect CRL'
} as const

class DerCrl implements Crl {
  readonly der: Uint8Array
  readonly #parts: CrlParts
  /** What was read before, by field: each field is read once, and its faults noted once. */
  readonly #memory = new Map<string, unknown>()
  readonly #faults: Fault<'crl-invalid'>[] = []
  #readWhole = false

  constructor(der: Uint8Array, parts: CrlParts) {
    this.der = der
    this.#parts = parts
  }

  get tbs(): Uint8Array {
    return this.#parts.tbs
  }

  get signatureAlgorithm(): AlgorithmIdentifier | undefined {
    return this.#read('signatureAlgorithm', () => readAlgorithmIdentifier(this.#parts.outerAlgorithm))
  }

  get signature(): Uint8Array | undefined {
    return this.#read('signatureValue', () => readOctetBits(this.#parts.signature, 'signatureValue'))
  }

  get issuer(): Name {
    return this.#once('issuer', () => {
      const name = readName(derOf(this.#parts.issuer))
      if (name.malformed !== undefined) this.#fault(`has a malformed issuer: ${name.malformed}`)
      return name
    })
  }

  get thisUpdate(): number | undefined {
    return this.#read('thisUpdate', () => readTime(this.#parts.thisUpdate, 'thisUpdate'))
  }

  get nextUpdate(): number | undefined {
    const { nextUpdate } = this.#parts
    return nextUpdate === undefined ? undefined : this.#read('nextUpdate', () => readTime(nextUpdate, 'nextUpdate'))
  }

  get extensions(): readonly Extension[] {
    const { extensions } = this.#parts
    if (extensions === undefined) return []
    return this.#read('extensions', () => readExtensions(within(extensions, 'crlExtensions')).extensions) ?? []
  }

  extension(oid: string): Extension | undefined {
    return this.#once(
      'extensionsByOid',
      () => new Map(this.extensions.toReversed().map((each) => [each.oid, each]))
    ).get(oid)
  }

  get authorityKeyIdentifier(): AuthorityKeyIdentifier | undefined {
    return this.#value(oids.authorityKeyIdentifier, readAuthorityKeyIdentifier)
  }

  get issuingDistributionPoint(): IssuingDistributionPoint | undefined {
    return this.#value(oids.issuingDistributionPoint, readIssuingDistributionPoint)
  }

  get number(): bigint | undefined {
    return this.#value(oids.cRLNumber, (value) => readCrlNumber(value, 'cRLNumber'))
  }

  get isDelta(): boolean {
    return this.extension(oids.deltaCRLIndicator) !== undefined
  }

  get baseNumber(): bigint | undefined {
    return this.#value(oids.deltaCRLIndicator, (value) => readCrlNumber(value, 'deltaCRLIndicator'))
  }

  get entryCount(): number {
    return this.#entries.count
  }

  find(serialNumber: string, issuer = this.issuer.key): RevokedEntry | undefined {
    return this.#entries.find(serialNumber, issuer)
  }

  get faults(): readonly Fault<'crl-invalid'>[] {
    if (!this.#readWhole) {
      this.#readWhole = true
      this.#readAll()
    }
    return this.#faults
  }

  get #entries(): CrlEntries {
    return this.#once('entries', () => {
      const { revokedCertificates } = this.#parts
      return revokedCertificates === undefined ? noEntries : indexEntries(revokedCertificates, this.issuer.key)
    })
  }

  #readAll(): void {
    void [this.issuer, this.thisUpdate, this.nextUpdate, this.signature, this.authorityKeyIdentifier]
    this.#checkAlgorithms()
    this.#checkExtensions()
    this.#checkEntries()
  }

  /** RFC 5280 §5.1.2.2 */
  #checkAlgorithms(): void {
    const inner = this.#read('signature', () => readAlgorithmIdentifier(this.#parts.innerAlgorithm))
    const outer = this.signatureAlgorithm
    if (inner === undefined || outer === undefined) return
    if (Buffer.compare(inner.der, outer.der) !== 0) this.#fault(contradictions.algorithm, 'RFC 5280 §5.1.1.2')
  }

  /** RFC 5280 §5.1.2.1 and §5.2 */
  #checkExtensions(): void {
    const { version, extensions: wrapper } = this.#parts
    const octets = version && contentOf(version)
    if (octets !== undefined && (octets.length !== 1 || octets[0] !== 1)) {
      this.#fault('has a version other than 2', 'RFC 5280 §5.1.2.1')
    }
    const extended = wrapper !== undefined || this.#entries.extended
    if (version === undefined && extended) this.#fault(contradictions.version, 'RFC 5280 §5.1.2.1')
    const seen = new Set<string>()
    for (const { oid, critical } of this.extensions) {
      if (seen.has(oid)) this.#fault(`has the extension ${nameOf(oid)} more than once`, 'RFC 5280 §5.2')
      seen.add(oid)
      if (critical && !understood.has(oid)) {
        this.#fault(`has the critical extension ${nameOf(oid)}, which is not understood here`, 'RFC 5280 §5.2')
      }
    }
    void [this.number, this.baseNumber]
    if (onlyOf(this.issuingDistributionPoint) > 1) this.#fault(contradictions.scopes, 'RFC 5280 §5.2.5')
  }

  /** RFC 5280 §5.3 */
  #checkEntries(): void {
    const { malformed, unknownCritical, removes, namesIssuers } = this.#entries
    const indirect = this.issuingDistributionPoint?.indirectCRL ?? false
    if (malformed !== undefined) this.#fault(`is malformed: ${malformed}`, 'RFC 5280 §5.1.2.6')
    if (unknownCritical !== undefined) {
      this.#fault(
        `has an entry with the critical extension ${nameOf(unknownCritical)}, which is not understood here`,
        'RFC 5280 §5.3'
      )
    }
    if (removes && !this.isDelta) this.#fault(contradictions.removal, 'RFC 5280 §5.3.1')
    if (namesIssuers && !indirect) this.#fault(contradictions.issuers, 'RFC 5280 §5.3.3')
  }

  #once<T>(field: string, read: () => T): T {
    if (this.#memory.has(field)) return this.#memory.get(field) as T
    const value = read()
    this.#memory.set(field, value)
    return value
  }

  #read<T>(field: string, decode: () => T): T | undefined {
    return this.#once(field, () => {
      const decoded = attempt(decode)
      if (decoded.ok) return decoded.value
      this.#fault(`is malformed: ${decoded.reason}`)
      return undefined
    })
  }

  #value<T>(oid: string, decode: (value: Uint8Array) => T): T | undefined {
    const extension = this.extension(oid)
    return extension === undefined ? undefined : this.#read(oid, () => decode(extension.value))
  }

  #fault(reason: string, reference?: string): void {
    this.#faults.push(fault('crl-invalid', { reason }, reference))
  }
}

/** How many of its scopes exclude all others. */
const onlyOf = (idp: IssuingDistributionPoint | undefined): number =>
  [idp?.onlyContainsUserCerts, idp?.onlyContainsCACerts, idp?.onlyContainsAttributeCerts].filter(Boolean).length

/** RFC 5280 §5.2.3 has 20 octets at most; there may be longer ones, but none beyond this. */
const maximumNumberOctets = 64

/** RFC 5280 §5.2.3 and §5.2.4: `INTEGER (0..MAX)` */
const readCrlNumber = (value: Uint8Array, what: string): bigint => {
  const octets = readInteger(single(value, tags.integer, what), what)
  if (octets.length > maximumNumberOctets) throw new Malformed(`${what} has more than ${maximumNumberOctets} octets`)
  if ((octets[0] ?? 0) >= 0x80) throw new Malformed(`${what} is negative`)
  return BigInt(`0x${hex(octets)}`)
}

const nameByOid = new Map<string, string>(Object.entries(oids).map(([name, oid]) => [oid, name]))

const nameOf = (oid: string): string => nameByOid.get(oid) ?? extensionName(oid)
