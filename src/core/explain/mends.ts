import { generalNameText } from '../match/name/general-name-text.ts'
import type { Json } from '../model/code-row.ts'
import type { Code } from '../model/codes.ts'
import type { Finding } from '../model/finding.ts'
import { purposeName, purposeOids } from '../model/options.ts'
import type { Candidate, CandidatePath } from '../model/path.ts'
import type { ValidationRequest } from '../model/request.ts'
import type { TrustStore } from '../model/trust-store.ts'
import type { ChangeKind } from '../model/verdict.ts'

/** A change of the request that may do away with an error. Whether it does, a trial says. */
export interface Mend {
  readonly kind: ChangeKind
  readonly message: string
  readonly set?: { readonly [field: string]: Json }
  /** To be trusted beside what is trusted already. */
  readonly anchor?: Candidate
  readonly store?: TrustStore
  /** Where issuers that are missing may be among the certificates of other stores. */
  readonly issuers?: readonly Candidate[]
}

/** What a mend may be made of. */
export interface Material {
  readonly request: ValidationRequest
  readonly path: CandidatePath
  /** Of the service, which the request does not ask. */
  readonly otherStores: readonly TrustStore[]
}

/** Alternatives of one kind that are tried. */
const mostAlternatives = 4

/** Strength in bits by security level. */
const levels = [0, 80, 112, 128, 192, 256] as const

/** Codes of what only `certificateRules: strict` or the profile `webpki` make an error of. */
const ofStricterRules: ReadonlySet<Code> = new Set<Code>([
  'serial-number-invalid',
  'issuer-name-empty',
  'subject-name-empty',
  'version-unsupported',
  'extension-criticality-wrong',
  'extension-inconsistent',
  'extension-not-allowed',
  'extension-missing',
  'extension-malformed',
  'authority-key-identifier-missing',
  'authority-key-identifier-invalid',
  'subject-key-identifier-missing',
  'subject-alternative-name-missing',
  'subject-alternative-name-invalid',
  'common-name-not-in-san',
  'end-entity-is-ca',
  'public-key-unsupported',
  'signature-algorithm-unsupported',
  'wildcard-not-allowed',
  'name-constraint-malformed'
])

/** What the request could be changed to for an error to go, the smallest first; none where only another certificate helps. */
export const mendsOf = (finding: Finding, material: Material): readonly Mend[] => [
  ...ownMends(finding, material),
  ...(ofStricterRules.has(finding.code) ? laxerRules(material.request) : [])
]

const ownMends = (finding: Finding, material: Material): readonly Mend[] => {
  const { request, path } = material
  switch (finding.code) {
    case 'expired':
    case 'not-yet-valid':
      return [atAnotherTime]
    case 'revocation-stale':
      return [atAnotherTime, lessRevocation(request)]
    case 'revocation-unknown':
    case 'revocation-unreachable':
    case 'staple-required':
      return [lessRevocation(request)]
    case 'hostname-mismatch':
    case 'ip-address-mismatch':
    case 'email-mismatch':
    case 'uri-mismatch':
      return otherNames(request, path)
    case 'wildcard-not-allowed':
      return finding.details.asked === undefined ? [] : otherNames(request, path)
    case 'purpose-not-allowed':
    case 'purpose-not-allowed-by-issuer':
    case 'anchor-constraint-violated':
      return otherPurposes(finding.details.allowed)
    case 'distrusted':
      return finding.details.constraint === 'rejectedPurposes' ? otherPurposes([]) : []
    case 'key-usage-mismatch':
      return [lessKeyUsage(request, finding.details.asserted)]
    case 'path-too-long': {
      const { found } = finding.details
      return [
        {
          kind: 'maxIntermediates',
          message: `Allow ${found} intermediate certificates.`,
          set: { maxIntermediates: found }
        }
      ]
    }
    case 'signature-algorithm-weak':
      return [lowerLevel(finding.details.bits)]
    case 'public-key-weak':
      return [lowerLevel(finding.details.strength)]
    case 'public-key-unsupported':
      return [lowerLevel(0)]
    case 'policy-not-acceptable':
      return request.policies === undefined
        ? []
        : [{ kind: 'policies', message: 'Ask for no certificate policy.', set: { policies: null } }]
    case 'name-not-permitted':
    case 'name-excluded':
    case 'name-constraint-unsupported':
      return finding.details.constraintFrom === null
        ? [{ kind: 'nameConstraints', message: 'Ask for no constraints on names.', set: { nameConstraints: null } }]
        : []
    case 'self-signed-not-trusted':
      return finding.details.isAnchor
        ? [
            {
              kind: 'trust',
              message: 'Accept a trust anchor as the end entity.',
              set: { anchorRules: { ...request.anchorRules, acceptTarget: true } }
            }
          ]
        : trusting(material)
    case 'root-not-trusted':
      return trusting(material)
    case 'issuer-not-found':
      return [...issuersFrom(material), ...(isAuthority(path.entries.at(-1)) ? trusting(material) : [])]
    default:
      return []
  }
}

/** The time itself is looked for: see `nearestTime`. */
export const atAnotherTime: Mend = { kind: 'time', message: 'Validate at another time.' }

const lessRevocation = ({ revocation }: ValidationRequest): Mend => ({
  kind: 'revocation',
  message: 'Let a status that is not known pass.',
  set: { revocation: { ...revocation, mode: 'prefer' } }
})

const otherNames = (request: ValidationRequest, { entries }: CandidatePath): readonly Mend[] => {
  const without = {
    ...(request.hostname === undefined ? {} : { hostname: null }),
    ...(request.names === undefined ? {} : { names: null })
  }
  const names = entries[0]?.certificate.subjectAlternativeNames ?? []
  return names
    .slice(0, 64)
    .flatMap((name): readonly Mend[] => {
      if (name.type !== 'dns' && name.type !== 'ip' && name.type !== 'email' && name.type !== 'uri') return []
      const value = generalNameText(name).replace(/^\*\./, 'www.')
      const set =
        name.type === 'dns' || name.type === 'ip' ? { hostname: value } : { names: [{ type: name.type, value }] }
      return [{ kind: 'name', message: `Ask for the name ${value}.`, set: { ...without, ...set } }]
    })
    .slice(0, mostAlternatives)
}

const otherPurposes = (allowed: readonly string[]): readonly Mend[] =>
  [...new Set([...allowed, ...Object.values(purposeOids)])]
    .map(purposeName)
    .filter((purpose) => purpose !== 'anyExtendedKeyUsage')
    .slice(0, mostAlternatives + 2)
    .map((purpose) => ({
      kind: 'purpose',
      message: `Ask for the purpose ${purpose}.`,
      set: { purpose, purposeMatch: null }
    }))

const lessKeyUsage = ({ keyUsage = [] }: ValidationRequest, asserted: readonly string[]): Mend => {
  const left = keyUsage.filter((usage) => asserted.includes(usage))
  const message = left.length === 0 ? 'Ask for no key usage.' : `Ask for the key usage ${left.join(', ')}.`
  return { kind: 'keyUsage', message, set: { keyUsage: left.length === 0 ? null : left } }
}

const lowerLevel = (bits: number): Mend => {
  const securityLevel = levels.findLastIndex((least) => least <= bits)
  return { kind: 'securityLevel', message: `Accept security level ${securityLevel}.`, set: { securityLevel } }
}

const laxerRules = ({ certificateRules, profile }: ValidationRequest): readonly Mend[] => {
  const path = certificateRules === 'strict' ? { certificateRules: 'path' } : {}
  const rfc5280 = profile === 'webpki' ? { profile: 'rfc5280' } : {}
  const as = (set: { readonly [field: string]: string }): Mend => ({
    kind: 'rules',
    message: `Ask for ${Object.entries(set)
      .map(([field, value]) => `${field} ${value}`)
      .join(' and ')}.`,
    set
  })
  return [path, rfc5280, { ...path, ...rfc5280 }].filter((set) => Object.keys(set).length > 0).map(as)
}

const isAuthority = (candidate: Candidate | undefined): boolean => candidate?.certificate.basicConstraints?.ca === true

/** The end of the path could be trusted, by a store that does so already or by the request. */
const trusting = ({ path, otherStores }: Material): readonly Mend[] => {
  const last = path.entries.at(-1)
  if (last === undefined) return []
  const { fingerprint, subject } = last.certificate
  const stores = otherStores.filter(({ anchorsBySubject }) =>
    (anchorsBySubject.get(subject.key) ?? []).some(({ certificate }) => certificate.fingerprint === fingerprint)
  )
  return [...stores.map(askingStore), { kind: 'trust', message: `Trust ${subject.text}.`, anchor: last }]
}

const askingStore = (store: TrustStore): Mend => ({
  kind: 'trustStore',
  message: `Ask the trust store ${store.name} as well.`,
  store
})

/** Certificates of other stores that may lead on from one whose issuer is missing. */
const mostIssuers = 32

const issuersFrom = ({ path, otherStores }: Material): readonly Mend[] => {
  const last = path.entries.at(-1)?.certificate
  if (last === undefined) return []
  const found: Candidate[] = []
  const names = new Set([last.issuer.key])
  for (const name of names) {
    for (const { anchorsBySubject } of otherStores) {
      for (const { certificate, source } of anchorsBySubject.get(name) ?? []) {
        if (found.length >= mostIssuers) break
        if (certificate.selfIssued) continue
        found.push({ certificate, source })
        names.add(certificate.issuer.key)
      }
    }
  }
  const stores = otherStores.filter(({ anchorsBySubject }) => [...names].some((name) => anchorsBySubject.has(name)))
  return [
    ...(found.length === 0
      ? []
      : [{ kind: 'intermediate', message: 'Send the missing intermediate.', issuers: found } as const]),
    ...stores.slice(0, mostAlternatives).map(askingStore)
  ]
}
