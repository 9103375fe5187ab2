import { parseHostname, parseIdentity } from '../match/name/reference-identity.ts'
import { parseSubtree } from '../match/name/requested-subtree.ts'
import { type KeyUsageName, keyUsageBits } from '../model/certificate.ts'
import { parseInstant } from '../model/instant.ts'
import { Moment } from '../model/moment.ts'
import type { GeneralName, Subtrees } from '../model/name.ts'
import { isOid } from '../model/oids.ts'
import {
  purposeOid,
  purposeRule,
  type ReferenceIdentity,
  type RevocationOptions,
  type ValidationOptions
} from '../model/options.ts'
import type {
  RefusalCode,
  RefusalError,
  RequestedSubtree,
  ValidationRequest,
  ValidationSettings
} from '../model/request.ts'

/** As many as a person reads. */
const mostTold = 100

/** Notes what is wrong with a request, so that one answer tells all of it, or enough. */
export class Complaints {
  readonly #errors: RefusalError[] = []

  add(pointer: string, detail: string, code: RefusalCode = 'field-invalid'): undefined {
    if (this.#errors.length < mostTold) this.#errors.push({ pointer, code, detail })
  }

  get errors(): readonly RefusalError[] {
    return this.#errors
  }
}

/** The options of a request with the contract's defaults, read for what they mean. What is wrong goes to `complaints`. */
export const readOptions = (
  request: ValidationRequest,
  settings: ValidationSettings,
  complaints: Complaints
): ValidationOptions => ({
  time: new Moment(request.time === undefined ? settings.now : readTime(request.time, complaints)),
  clockSkew: request.clockSkew ?? 0,
  identities: readIdentities(request, complaints),
  identitiesMatch: request.namesMatch ?? 'all',
  purposes: readPurposes(request.purpose, complaints),
  purposesMatch: request.purposeMatch ?? 'all',
  keyUsage: readKeyUsage(request.keyUsage ?? []),
  profile: request.profile ?? 'rfc5280',
  certificateRules: request.certificateRules ?? 'path',
  nameConstraints: readSubtrees(request, complaints),
  policies: {
    initial: request.policies?.initial && readOids(request.policies.initial, '/policies/initial', complaints),
    requireExplicit: request.policies?.requireExplicit ?? false,
    inhibitMapping: request.policies?.inhibitMapping ?? false,
    inhibitAny: request.policies?.inhibitAny ?? false
  },
  anchorRules: {
    validity: request.anchorRules?.validity ?? true,
    constraints: request.anchorRules?.constraints ?? true,
    acceptTarget: request.anchorRules?.acceptTarget ?? true
  },
  maxIntermediates: request.maxIntermediates,
  securityLevel: request.securityLevel ?? settings.securityLevel,
  revocation: readRevocation(request, complaints),
  explain: request.explain ?? 'path',
  signer: false
})

const readTime = (text: string, complaints: Complaints): number => {
  const seconds = parseInstant(text)
  if (seconds !== undefined) return seconds
  complaints.add('/time', 'must be an RFC 3339 date and time of the years 0000 to 9999, as 2026-11-23T19:30:00Z')
  return 0
}

/** `hostname` first, then `names`, each as RFC 9525 §6.1.2 makes it a reference identity. */
const readIdentities = (request: ValidationRequest, complaints: Complaints): readonly ReferenceIdentity[] => {
  const identities: ReferenceIdentity[] = []
  const take = (read: ReturnType<typeof parseHostname>, pointer: string): void => {
    if (read.ok) identities.push(read.value)
    else complaints.add(pointer, read.reason)
  }
  if (request.hostname !== undefined) take(parseHostname(request.hostname), '/hostname')
  for (const [at, { type, value }] of (request.names ?? []).entries())
    take(parseIdentity(type, value), `/names/${at}/value`)
  return identities
}

const readOids = (texts: readonly string[], pointer: string, complaints: Complaints): readonly string[] => {
  for (const [at, text] of texts.entries()) {
    if (!isOid(text)) complaints.add(`${pointer}/${at}`, 'must be an OID in dotted form')
  }
  return texts
}

const readPurposes = (purpose: string | readonly string[] | undefined, complaints: Complaints): readonly string[] => {
  if (purpose === undefined) return []
  const asked = typeof purpose === 'string' ? [purpose] : purpose
  return asked.map((text, at) => {
    const oid = purposeOid(text)
    if (oid === undefined) complaints.add(typeof purpose === 'string' ? '/purpose' : `/purpose/${at}`, purposeRule)
    return oid ?? text
  })
}

const readKeyUsage = (names: readonly KeyUsageName[]): number =>
  names.reduce((bits, name) => bits | keyUsageBits[name], 0)

/** RFC 5280 §6.1.1 (h) and (i) */
const readSubtrees = ({ nameConstraints }: ValidationRequest, complaints: Complaints): Subtrees => {
  const read = (subtrees: readonly RequestedSubtree[] | undefined, field: string): readonly GeneralName[] =>
    (subtrees ?? []).flatMap(({ type, value }, at) => {
      const subtree = parseSubtree(type, value)
      if (subtree.ok) return [subtree.value]
      complaints.add(`/nameConstraints/${field}/${at}/value`, subtree.reason)
      return []
    })
  return {
    permitted: read(nameConstraints?.permitted, 'permitted'),
    excluded: read(nameConstraints?.excluded, 'excluded')
  }
}

/** Evidence in the request, or leave to fetch it, asks for its use: `require` is the default then. `off` contradicts what came. */
const readRevocation = (request: ValidationRequest, complaints: Complaints): RevocationOptions => {
  const evidence = request.crls !== undefined || request.ocspResponses !== undefined
  const asksForIt = evidence || request.revocation?.fetch === true
  const { mode, scope, maxAge } = request.revocation ?? {}
  if (evidence && mode === 'off') {
    complaints.add('/revocation/mode', 'is off, but the request brings CRLs or OCSP responses', 'option-conflict')
  }
  return { mode: mode ?? (asksForIt ? 'require' : 'off'), scope: scope ?? 'chain', maxAge }
}
