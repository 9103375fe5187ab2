import type { Certificate } from '../model/certificate.ts'
import { errorAt, type Fault, fault } from '../model/finding.ts'
import { anyExtendedKeyUsage, extensionOids as oids } from '../model/oids.ts'
import { constraintsCount, roleAt } from '../model/path.ts'
import { defineCheck } from './check.ts'

const reports = [
  'version-unsupported',
  'extension-missing',
  'extension-not-allowed',
  'extension-criticality-wrong',
  'authority-key-identifier-invalid',
  'subject-alternative-name-missing'
] as const

type Reported = Fault<(typeof reports)[number]>

/**
 * What the CA/Browser Forum's Baseline Requirements ask of the extensions of TLS server certificates and of the roots
 * above them, beyond RFC 5280: profile `webpki`.
 */
export const webpkiExtensions = defineCheck({
  name: 'webpki-extensions',
  reports,
  run(path, { options }, report) {
    if (options.profile !== 'webpki') return
    for (const [at, { certificate }] of path.entries.entries()) {
      if (!constraintsCount(path, at, options)) continue
      for (const each of faultsOf(certificate, at, roleAt(path, at) === 'trust-anchor')) report(errorAt(at, each))
    }
  }
})

function* faultsOf(certificate: Certificate, at: number, isAnchor: boolean): Iterable<Reported> {
  // BR 7.1.1. A root from before version 3 is caught by its missing extensions where it is held to them.
  if (certificate.version !== 3 && certificate.version > 0) {
    yield fault(
      'version-unsupported',
      { version: certificate.version, reason: 'certificates have to be of version 3' },
      'BR 7.1.1'
    )
  }
  if (at === 0) yield* serverFaults(certificate)
  if (isAnchor && certificate.selfIssued) yield* rootFaults(certificate)
}

/** BR 7.1.2.7.6 (extensions of subscriber certificates), 7.1.2.7.10 and 7.1.2.7.12 */
function* serverFaults(certificate: Certificate): Iterable<Reported> {
  const purposes = certificate.extension(oids.extKeyUsage)
  if (purposes === undefined) {
    yield fault(
      'extension-missing',
      { extension: 'extKeyUsage', reason: 'server certificates have to state their purpose' },
      'BR 7.1.2.7.6'
    )
  } else if (purposes.critical) {
    yield fault('extension-criticality-wrong', { extension: 'extKeyUsage', expected: 'not critical' }, 'BR 7.1.2.7.6')
  }
  if (certificate.extendedKeyUsage?.includes(anyExtendedKeyUsage) === true) {
    const reason = 'anyExtendedKeyUsage must not be among the purposes of a server certificate'
    yield fault('extension-not-allowed', { extension: 'extKeyUsage', reason }, 'BR 7.1.2.7.10')
  }
  const names = certificate.extension(oids.subjectAltName)
  if (names === undefined) {
    yield fault(
      'subject-alternative-name-missing',
      { reason: 'server certificates have their names there' },
      'BR 7.1.2.7.12'
    )
  } else if (names.critical && !certificate.subject.isEmpty) {
    yield fault(
      'extension-criticality-wrong',
      { extension: 'subjectAltName', expected: 'not critical' },
      'BR 7.1.2.7.12'
    )
  }
}

/** BR 7.1.2.1.2 (extensions of a root) and 7.1.2.1.3 (its authority key identifier) */
function* rootFaults(certificate: Certificate): Iterable<Reported> {
  if (certificate.extension(oids.extKeyUsage) !== undefined) {
    yield fault(
      'extension-not-allowed',
      { extension: 'extKeyUsage', reason: 'a root has no extended key usage' },
      'BR 7.1.2.1.2'
    )
  }
  const authority = certificate.authorityKeyIdentifier
  if (authority === undefined) return
  const invalid = (reason: string): Reported => fault('authority-key-identifier-invalid', { reason }, 'BR 7.1.2.1.3')
  if (authority.issuer !== undefined || authority.serialNumber !== undefined) {
    yield invalid('in a root it holds the key identifier alone')
  }
  if (authority.keyIdentifier !== certificate.subjectKeyIdentifier) {
    yield invalid('in a root it is the subject key identifier')
  }
}
