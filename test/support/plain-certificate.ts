import { statusBook } from '#dist/core/match/status/status-book.js'
import { type AnchorConstraints, unconstrained } from '#dist/core/model/anchor-constraints.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import { Budget, defaultLimits, type Limits } from '#dist/core/model/limits.js'
import { Moment } from '#dist/core/model/moment.js'
import type { Name } from '#dist/core/model/name.js'
import { extensionOids } from '#dist/core/model/oids.js'
import type { ValidationOptions } from '#dist/core/model/options.js'
import type { CandidatePath, CheckContext } from '#dist/core/model/path.js'
import { evidenceSigners } from '#dist/core/path/signers.js'

/** Certificates, paths and contexts as plain data, for checks that need neither keys nor signatures. */

const octets = new Uint8Array()

const plainName = (text: string): Name => ({
  der: octets,
  isEmpty: text === '',
  rdns: [],
  rdnKeys: [text],
  key: text,
  text,
  malformed: undefined
})

/** What can be said of a plain certificate. `unreadable` are the OIDs of extensions that are there and malformed. */
export type PlainFields = Partial<Omit<Certificate, 'extension' | 'issuer' | 'subject'>> & {
  readonly unreadable?: readonly string[]
}

export const plainCertificate = ({ unreadable = [], ...fields }: PlainFields = {}): Certificate => {
  const oids = [
    ...unreadable,
    ...(fields.basicConstraints === undefined ? [] : [extensionOids.basicConstraints]),
    ...(fields.certificatePolicies === undefined ? [] : [extensionOids.certificatePolicies])
  ]
  const extensions = oids.map((oid) => ({ oid, critical: false, value: octets }))
  return {
    der: octets,
    fingerprint: '00',
    tbs: octets,
    version: 3,
    serialNumber: '01',
    signatureAlgorithm: undefined,
    innerSignatureAlgorithm: undefined,
    signature: undefined,
    issuer: plainName('CN=Issuer'),
    subject: plainName('CN=Subject'),
    selfIssued: false,
    notBefore: 0,
    notAfter: 1,
    spki: octets,
    publicKey: undefined,
    extensions,
    basicConstraints: undefined,
    keyUsage: undefined,
    extendedKeyUsage: undefined,
    subjectAlternativeNames: undefined,
    nameConstraints: undefined,
    certificatePolicies: undefined,
    policyMappings: undefined,
    policyConstraints: undefined,
    inhibitAnyPolicy: undefined,
    authorityKeyIdentifier: undefined,
    subjectKeyIdentifier: undefined,
    faults: [],
    oddities: [],
    ...fields,
    extension: (oid) => extensions.find((each) => each.oid === oid)
  }
}

/** The certificate with other extensions in place of its own: OIDs, and whether each is critical. */
export const withExtensions = (
  certificate: Certificate,
  criticalities: readonly (readonly [oid: string, critical: boolean])[]
): Certificate => {
  const extensions = criticalities.map(([oid, critical]) => ({ oid, critical, value: octets }))
  return { ...certificate, extensions, extension: (oid) => extensions.find((each) => each.oid === oid) }
}

/** A CA certificate; `pathLength` undefined for no constraint. */
export const plainCa = (pathLength?: number, fields: PlainFields = {}): Certificate =>
  plainCertificate({ basicConstraints: { ca: true, pathLength }, ...fields })

const pathOf = (anchored: boolean, certificates: readonly Certificate[]): CandidatePath => ({
  entries: certificates.map((certificate, at) => ({ certificate, source: `chain[${at}]` })),
  anchored
})

/** A path, end-entity first, whose last certificate is the trust anchor. */
export const anchoredPath = (...certificates: readonly Certificate[]): CandidatePath => pathOf(true, certificates)

/** The same, where the trust store says something of the anchor. */
export const constrainedPath = (
  constraints: Partial<AnchorConstraints>,
  ...certificates: readonly Certificate[]
): CandidatePath => ({ ...pathOf(true, certificates), anchorConstraints: { ...unconstrained, ...constraints } })

/** A path, end-entity first, that ends at no trust anchor. */
export const openPath = (...certificates: readonly Certificate[]): CandidatePath => pathOf(false, certificates)

/** Options as tests give them, the time in seconds. */
export type PlainOptions = Partial<Omit<ValidationOptions, 'time'>> & { readonly time?: number }

const plainOptions: Omit<ValidationOptions, 'time'> = {
  clockSkew: 0,
  identities: [],
  identitiesMatch: 'all',
  purposes: [],
  purposesMatch: 'all',
  keyUsage: 0,
  profile: 'rfc5280',
  certificateRules: 'path',
  nameConstraints: { permitted: [], excluded: [] },
  policies: { initial: undefined, requireExplicit: false, inhibitMapping: false, inhibitAny: false },
  anchorRules: { validity: true, constraints: true, acceptTarget: true },
  maxIntermediates: undefined,
  securityLevel: 2,
  revocation: { mode: 'off', scope: 'chain', maxAge: undefined },
  explain: 'path',
  signer: false
}

export const plainContext = (
  { time = 0, ...options }: PlainOptions = {},
  limits: Partial<Limits> = {}
): CheckContext => ({
  options: { ...plainOptions, ...options, time: new Moment(time) },
  budget: new Budget({ ...defaultLimits, ...limits }),
  crls: [],
  ocspResponses: [],
  certificates: [],
  signers: evidenceSigners([], []),
  statuses: statusBook(),
  verify: () => undefined
})

/** The rules of an anchor whose own certificate says nothing. */
export const bareAnchor = { validity: true, constraints: false, acceptTarget: true }
