import type { Certificate } from '../model/certificate.ts'
import type { Code } from '../model/codes.ts'
import { errorAt, type Fault, warningAt } from '../model/finding.ts'
import { extensionOids } from '../model/oids.ts'
import { constraintsCount } from '../model/path.ts'
import { defineCheck } from './check.ts'

/**
 * Extensions that RFC 5280 §6 does not read: a mistake in them is one of the issuer, an error where the issuers' rules
 * are held as well. Where critical they have to be processed, which cannot be done with what cannot be read (§4.2).
 */
const informational: ReadonlySet<string> = new Set([
  extensionOids.authorityInfoAccess,
  extensionOids.subjectInfoAccess,
  extensionOids.cRLDistributionPoints,
  extensionOids.freshestCRL,
  extensionOids.issuerAltName,
  extensionOids.tlsFeature
])

const isInformational = (fault: Fault, certificate: Certificate): boolean =>
  fault.code === 'extension-malformed' &&
  informational.has(fault.details.oid) &&
  certificate.extension(fault.details.oid)?.critical !== true

/**
 * RFC 5280 §6.1.4 (a) holds for the certificates of CAs: what the end entity's policyMappings say is never processed.
 */
const isUnprocessed = (fault: Fault, at: number, certificate: Certificate): boolean =>
  at === 0 &&
  fault.code === 'policy-extension-invalid' &&
  fault.details.extension === 'policyMappings' &&
  certificate.extension(extensionOids.policyMappings)?.critical !== true

/**
 * Faults of anchors that count whatever `anchorRules` says, since they leave no name and no key to trust.
 */
const voidsAnchor: ReadonlySet<Code> = new Set<Code>(['public-key-malformed', 'public-key-unsupported'])

const reports = [
  'certificate-malformed',
  'version-unsupported',
  'signature-algorithm-mismatch',
  'validity-malformed',
  'extension-malformed',
  'extension-duplicate',
  'name-constraint-malformed',
  'policy-extension-invalid',
  'public-key-malformed',
  'public-key-unsupported',
  'encoding-not-distinguished',
  'validity-encoding'
] as const

type Reported = Fault<(typeof reports)[number]>

/** Everything in the certificates that is not well formed: RFC 5280 §4.1 and §4.2, and DER. */
export const form = defineCheck({
  name: 'form',
  reports,
  run(path, { options }, report) {
    const strict = options.certificateRules === 'strict' || options.profile === 'webpki'
    for (const [at, { certificate }] of path.entries.entries()) {
      const counts = constraintsCount(path, at, options)
      for (const fault of certificate.faults) {
        if (!counts && !voidsAnchor.has(fault.code)) continue
        const reported = fault as Reported
        const lenient = isInformational(fault, certificate) || isUnprocessed(fault, at, certificate)
        report(lenient && !strict ? warningAt(at, reported) : errorAt(at, reported))
      }
      for (const oddity of certificate.oddities) {
        if (counts) report(warningAt(at, oddity as Reported))
      }
    }
  }
})
