import type {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Extension,
  PolicyConstraints,
  PolicyInformation,
  PolicyMapping
} from '../../model/certificate.ts'
import { type Fault, fault } from '../../model/finding.ts'
import type { GeneralName, Subtrees } from '../../model/name.ts'
import { extensionName, extensionOids as oids } from '../../model/oids.ts'
import { contentOf, type Element, single, tags, within } from '../der/der.ts'
import { readGeneralNames } from '../name/general-name.ts'
import { readDistributionPoints } from './distribution-points.ts'
import { type ExtensionList, readExtensions } from './extensions.ts'
import {
  checkAccessDescriptions,
  checkIssuerAlternativeNames,
  checkNoRevAvail,
  readTlsFeatures
} from './information-extensions.ts'
import { readNameConstraints } from './name-constraints.ts'
import { readCertificatePolicies, readInhibitAnyPolicy, readPolicyConstraints, readPolicyMappings } from './policies.ts'
import type { Reading } from './reading.ts'
import { places } from './reading-order.ts'
import {
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readExtendedKeyUsage,
  readKeyUsage,
  readSubjectKeyIdentifier
} from './standard-extensions.ts'

const nothing = (): undefined => undefined

const noExtensions: ExtensionList = { extensions: [], encodedDefaults: [] }

/** An extension whose value is read. */
interface ValueField {
  readonly oid: string
  readonly place: number
}

const field = (name: keyof typeof oids & keyof typeof places): ValueField => ({ oid: oids[name], place: places[name] })

const fields = {
  basicConstraints: field('basicConstraints'),
  keyUsage: field('keyUsage'),
  extKeyUsage: field('extKeyUsage'),
  subjectAltName: field('subjectAltName'),
  nameConstraints: field('nameConstraints'),
  certificatePolicies: field('certificatePolicies'),
  policyMappings: field('policyMappings'),
  policyConstraints: field('policyConstraints'),
  inhibitAnyPolicy: field('inhibitAnyPolicy'),
  authorityKeyIdentifier: field('authorityKeyIdentifier'),
  subjectKeyIdentifier: field('subjectKeyIdentifier'),
  authorityInfoAccess: field('authorityInfoAccess'),
  subjectInfoAccess: field('subjectInfoAccess'),
  cRLDistributionPoints: field('cRLDistributionPoints'),
  freshestCRL: field('freshestCRL'),
  issuerAltName: field('issuerAltName'),
  noRevAvail: field('noRevAvail'),
  tlsFeature: field('tlsFeature')
}

/** As many as real certificates have at most: among these a look-up is not worth an index. */
const fewExtensions = 16

/** The extensions of a certificate and their values (RFC 5280 §4.2), each read when it is asked for. */
export class ExtensionValues {
  readonly #wrapper: Element | undefined
  readonly #reading: Reading
  #byOid: ReadonlyMap<string, Extension> | undefined

  /** `wrapper` is the explicit tag [3], if it is there. */
  constructor(wrapper: Element | undefined, reading: Reading) {
    this.#wrapper = wrapper
    this.#reading = reading
  }

  get list(): readonly Extension[] {
    return this.#reading.once(places.extensions, this.#readList, this)
  }

  /** The first extension of that OID. */
  find(oid: string): Extension | undefined {
    const { list } = this
    for (let at = 0; at < list.length && at < fewExtensions; at++) if (list[at]?.oid === oid) return list[at]
    if (list.length <= fewExtensions) return undefined
    this.#byOid ??= new Map(list.toReversed().map((each) => [each.oid, each]))
    return this.#byOid.get(oid)
  }

  get basicConstraints(): BasicConstraints | undefined {
    return this.#value(fields.basicConstraints, this.#readBasicConstraints)
  }

  #readBasicConstraints(value: Uint8Array): BasicConstraints {
    const { ca, pathLength, encodesDefault } = readBasicConstraints(value)
    if (encodesDefault) this.#noteOddity('cA in basicConstraints', 'has its default value encoded')
    return { ca, pathLength }
  }

  get keyUsage(): number | undefined {
    return this.#value(fields.keyUsage, this.#readKeyUsage)
  }

  #readKeyUsage(value: Uint8Array): number {
    const { bits, minimal } = readKeyUsage(value)
    if (!minimal) this.#noteOddity('keyUsage', 'has trailing zero bits')
    return bits
  }

  get extendedKeyUsage(): readonly string[] | undefined {
    return this.#value(fields.extKeyUsage, readExtendedKeyUsage)
  }

  get subjectAlternativeNames(): readonly GeneralName[] | undefined {
    return this.#value(fields.subjectAltName, readSubjectAltName)
  }

  get nameConstraints(): Subtrees | undefined {
    return this.#value(fields.nameConstraints, this.#readNameConstraints)
  }

  #readNameConstraints(value: Uint8Array): Subtrees {
    const { permitted, excluded, encodesDefault } = readNameConstraints(value)
    if (encodesDefault) this.#noteOddity('minimum in nameConstraints', 'has its default value encoded')
    return { permitted, excluded }
  }

  get certificatePolicies(): readonly PolicyInformation[] | undefined {
    return this.#value(fields.certificatePolicies, readCertificatePolicies)
  }

  get policyMappings(): readonly PolicyMapping[] | undefined {
    return this.#value(fields.policyMappings, readPolicyMappings)
  }

  get policyConstraints(): PolicyConstraints | undefined {
    return this.#value(fields.policyConstraints, readPolicyConstraints)
  }

  get inhibitAnyPolicy(): number | undefined {
    return this.#value(fields.inhibitAnyPolicy, readInhibitAnyPolicy)
  }

  get authorityKeyIdentifier(): AuthorityKeyIdentifier | undefined {
    return this.#value(fields.authorityKeyIdentifier, readAuthorityKeyIdentifier)
  }

  get subjectKeyIdentifier(): string | undefined {
    return this.#value(fields.subjectKeyIdentifier, readSubjectKeyIdentifier)
  }

  /** Reads every value that is known here, so that each has left its faults. */
  readAll(): void {
    void [this.basicConstraints, this.keyUsage, this.extendedKeyUsage, this.subjectAlternativeNames]
    void [this.nameConstraints, this.certificatePolicies, this.policyMappings, this.policyConstraints]
    void [this.inhibitAnyPolicy, this.authorityKeyIdentifier, this.subjectKeyIdentifier]
    this.#value(fields.authorityInfoAccess, checkAccessDescriptions)
    this.#value(fields.subjectInfoAccess, checkAccessDescriptions)
    this.#value(fields.cRLDistributionPoints, readDistributionPoints)
    this.#value(fields.freshestCRL, readDistributionPoints)
    this.#value(fields.issuerAltName, checkIssuerAlternativeNames)
    this.#value(fields.noRevAvail, checkNoRevAvail)
    this.#value(fields.tlsFeature, readTlsFeatures)
    this.#reading.once(places.duplicates, this.#noteDuplicates, this)
  }

  #readList(): readonly Extension[] {
    const wrapper = this.#wrapper
    if (wrapper === undefined) return []
    const list = this.#reading.attempt(() => readExtensions(within(wrapper, 'extensions'))) ?? noExtensions
    for (const oid of list.encodedDefaults)
      this.#noteOddity(`critical in ${extensionName(oid)}`, 'has its default value encoded')
    return list.extensions
  }

  #value<T>(field: ValueField, decode: (this: ExtensionValues, value: Uint8Array) => T): T | undefined {
    const { place } = field
    return this.#reading.isRead(place) ? this.#reading.read<T | undefined>(place) : this.#readValue(field, decode)
  }

  #readValue<T>({ oid, place }: ValueField, decode: (this: ExtensionValues, value: Uint8Array) => T): T | undefined {
    const extension = this.find(oid)
    if (extension === undefined) return this.#reading.once(place, nothing, this)
    const decoded = (): T | undefined =>
      this.#reading.attempt(
        () => decode.call(this, extension.value),
        (reason) => malformed(oid, reason)
      )
    return this.#reading.once(place, decoded, this)
  }

  #noteOddity(field: string, reason: string): void {
    this.#reading.noteOddity(fault('encoding-not-distinguished', { field, reason }))
  }

  /** RFC 5280 §4.2: no extension is there more than once. */
  #noteDuplicates(): void {
    const again = this.list.filter((each) => this.find(each.oid) !== each)
    if (again.length === 0) return
    for (const oid of new Set(again.map(({ oid }) => oid)))
      this.#reading.noteFault(fault('extension-duplicate', { extension: extensionName(oid), oid }))
  }
}

const readSubjectAltName = (value: Uint8Array): readonly GeneralName[] =>
  readGeneralNames(contentOf(single(value, tags.sequence, 'SubjectAltName')), 'SubjectAltName')

/** RFC 5280 §4.2.1.4, .5, .11 and .14 have a code of their own. */
const policyExtensions: ReadonlySet<string> = new Set([
  oids.certificatePolicies,
  oids.policyMappings,
  oids.policyConstraints,
  oids.inhibitAnyPolicy
])

const malformed = (oid: string, reason: string): Fault => {
  const extension = extensionName(oid)
  if (oid === oids.nameConstraints) return fault('name-constraint-malformed', { reason })
  if (policyExtensions.has(oid)) return fault('policy-extension-invalid', { extension, reason })
  return fault('extension-malformed', { extension, oid, reason })
}
