import { generalNameText } from '../match/name/general-name-text.ts'
import { matchingName, misplacedWildcard, namesOfType } from '../match/name/presented-identity.ts'
import type { Certificate } from '../model/certificate.ts'
import { error, type Finding } from '../model/finding.ts'
import { extensionOids } from '../model/oids.ts'
import type { ReferenceIdentity } from '../model/options.ts'
import { printable } from '../model/printable.ts'
import type { MatchedName } from '../model/verdict.ts'
import { defineCheck } from './check.ts'

const reports = [
  'hostname-mismatch',
  'ip-address-mismatch',
  'email-mismatch',
  'uri-mismatch',
  'wildcard-not-allowed'
] as const

type Reported = Finding<(typeof reports)[number]>

const mismatchCodes = {
  dns: 'hostname-mismatch',
  ip: 'ip-address-mismatch',
  email: 'email-mismatch',
  uri: 'uri-mismatch'
} as const

/** How many alternative names a finding lists. */
const mostPresented = 16
/** How many identities that no name matches are reported. */
const mostReported = 32

/**
 * The end-entity certificate is for whom the request says: for each of the identities, or for one of them where
 * `identitiesMatch` says so. RFC 9525 §6; RFC 5280 §7.4 and §7.5; RFC 9598.
 */
export const identity = defineCheck({
  name: 'identity',
  reports,
  run({ entries }, { options }, report) {
    const target = entries[0]?.certificate
    if (target === undefined || hasUnreadableNames(target)) return
    const missing = options.identities.filter((each) => matchingName(target, each) === undefined)
    if (options.identitiesMatch === 'any' && missing.length < options.identities.length) return
    for (const each of missing.slice(0, mostReported)) report(mismatch(target, each))
  }
})

/** The `form` check has reported it, and whom the certificate is for is not known then. */
const hasUnreadableNames = (target: Certificate): boolean =>
  target.subjectAlternativeNames === undefined && target.extension(extensionOids.subjectAltName) !== undefined

const mismatch = (target: Certificate, asked: ReferenceIdentity): Reported => {
  const name = printable(asked.asked)
  const pattern = asked.type === 'dns' ? misplacedWildcard(target, asked) : undefined
  if (pattern !== undefined) {
    const reason = 'has a wildcard that is not the whole left-most label of a name below it'
    return error('wildcard-not-allowed', 0, { name: printable(pattern), reason, asked: name })
  }
  const presented = namesOfType(target, asked.type)
  return error(mismatchCodes[asked.type], 0, {
    name,
    presented: presented.slice(0, mostPresented).map(generalNameText),
    presentedCount: presented.length
  })
}

/** Which alternative name matched each identity, in the order of the request. */
export const matchedNames = (target: Certificate, identities: readonly ReferenceIdentity[]): readonly MatchedName[] =>
  identities.map((each) => {
    const match = matchingName(target, each)
    return { type: each.type, value: each.asked, matched: match === undefined ? null : generalNameText(match) }
  })
