import { alternativeNameFaults } from '../match/name/alternative-name-faults.ts'
import { type Certificate, type Extension, keyUsageBits } from '../model/certificate.ts'
import { errorAt, type Fault, fault, warningAt } from '../model/finding.ts'
import { extensionOids as oids } from '../model/oids.ts'
import { type CheckContext, constraintsCount, type Role, roleAt } from '../model/path.ts'
import { defineCheck } from './check.ts'

const reports = [
  'serial-number-invalid',
  'issuer-name-empty',
  'subject-name-empty',
  'extension-criticality-wrong',
  'extension-inconsistent',
  'extension-not-allowed',
  'authority-key-identifier-missing',
  'authority-key-identifier-invalid',
  'subject-key-identifier-missing',
  'subject-alternative-name-missing',
  'subject-alternative-name-invalid'
] as const

type Reported = Fault<(typeof reports)[number]>

/**
 * What RFC 5280 §4 asks of those who issue certificates, beyond what §6 asks of those who validate them: warnings
 * under the certificate rules `path`, errors under `strict`.
 */
export const issuanceRules = defineCheck({
  name: 'issuance-rules',
  reports,
  run(path, context, report) {
    const place = context.options.certificateRules === 'strict' ? errorAt : warningAt
    for (const [at, { certificate }] of path.entries.entries()) {
      if (!constraintsCount(path, at, context.options)) continue
      for (const each of faultsAt(certificate, roleAt(path, at), context)) {
        const excused = each.code === 'authority-key-identifier-missing' && isSelfSigned(certificate, context)
        if (!excused) report(place(at, each))
      }
    }
  }
})

/** Of certificates that stand above others, by their role: they come again with every certificate below them. */
const known = new WeakMap<Certificate, Map<Role, readonly Reported[]>>()
const knownForWebpki: typeof known = new WeakMap()

const faultsAt = (certificate: Certificate, role: Role, { options }: CheckContext): readonly Reported[] => {
  const webpki = options.profile === 'webpki'
  if (role === 'end-entity') return faultsOf(certificate, role, webpki)
  const those = webpki ? knownForWebpki : known
  const answers = those.get(certificate)
  const answer = answers?.get(role)
  if (answer !== undefined) return answer
  const faults = faultsOf(certificate, role, webpki)
  if (answers === undefined) those.set(certificate, new Map([[role, faults]]))
  else answers.set(role, faults)
  return faults
}

const isCa = ({ basicConstraints }: Certificate): boolean => basicConstraints?.ca === true

/** One of them is excused where the certificate is self-signed, which takes a signature to tell. */
const faultsOf = (certificate: Certificate, role: Role, webpki: boolean): readonly Reported[] => {
  const faults: Reported[] = []
  const note: Note = (each) => void faults.push(each)
  if (role !== 'trust-anchor') noteSerialNumber(certificate.serialNumber, note)
  noteNames(certificate, role, note)
  if (certificate.version < 3) return faults
  noteCriticality(certificate, webpki, note)
  noteKeyIdentifiers(certificate, note)
  noteConsistency(certificate, note)
  if (role === 'end-entity') faults.push(...alternativeNameFaults(certificate))
  return faults
}

type Note = (fault: Reported) => void

/** Digits of a serial number in a finding: longer ones are cut. */
const longestListed = 128

/** RFC 5280 §4.1.2.2: positive, at most 20 octets. Anchors are exempt: a real root has serial number 0. */
const noteSerialNumber = (serialNumber: string, note: Note): void => {
  const at = (reason: string): Reported =>
    fault('serial-number-invalid', { serialNumber: serialNumber.slice(0, longestListed), reason })
  if (/^0*$/.test(serialNumber)) note(at('is zero'))
  else if (serialNumber.charAt(0) >= '8') note(at('is negative'))
  if (serialNumber.length > 40) note(at('is longer than 20 octets'))
}

/** RFC 5280 §4.1.2.4 and §4.1.2.6 */
const noteNames = (certificate: Certificate, role: Role, note: Note): void => {
  if (certificate.issuer.malformed === undefined && certificate.issuer.isEmpty) note(fault('issuer-name-empty', {}))
  const needsSubject = role !== 'end-entity' || isCa(certificate)
  if (needsSubject && certificate.subject.malformed === undefined && certificate.subject.isEmpty) {
    note(fault('subject-name-empty', {}))
  }
}

/** Extensions that conforming CAs mark as not critical. */
const neverCritical = {
  authorityKeyIdentifier: '§4.2.1.1',
  subjectKeyIdentifier: '§4.2.1.2',
  subjectDirectoryAttributes: '§4.2.1.8',
  freshestCRL: '§4.2.1.15',
  authorityInfoAccess: '§4.2.2.1',
  subjectInfoAccess: '§4.2.2.2'
} as const

/** Extensions that conforming CAs mark as critical; basic constraints only in certificates of CAs. */
const alwaysCritical = {
  basicConstraints: '§4.2.1.9',
  nameConstraints: '§4.2.1.10',
  policyConstraints: '§4.2.1.11',
  inhibitAnyPolicy: '§4.2.1.14'
} as const

const namesOf = <T extends object>(clauses: T): readonly (keyof T)[] => Object.keys(clauses) as (keyof T)[]
const neverCriticalNames = namesOf(neverCritical)
const alwaysCriticalNames = namesOf(alwaysCritical)
const neverCriticalOids: ReadonlySet<string> = new Set(neverCriticalNames.map((name) => oids[name]))
const alwaysCriticalOids: ReadonlySet<string> = new Set(alwaysCriticalNames.map((name) => oids[name]))

/** Whether some extension may break the rules below: hardly any certificate has one, and each has to be asked. */
const mayBeWrong = ({ oid, critical }: Extension): boolean =>
  (critical ? neverCriticalOids : alwaysCriticalOids).has(oid)

const noteCriticality = (certificate: Certificate, webpki: boolean, note: Note): void => {
  if (!certificate.extensions.some(mayBeWrong)) return
  const wrong = (extension: string, expected: 'critical' | 'not critical', clause: string): Reported =>
    fault('extension-criticality-wrong', { extension, expected }, `RFC 5280 ${clause}`)
  for (const name of neverCriticalNames) {
    if (certificate.extension(oids[name])?.critical === true) note(wrong(name, 'not critical', neverCritical[name]))
  }
  for (const name of alwaysCriticalNames) {
    if (certificate.extension(oids[name])?.critical !== false) continue
    if (name === 'basicConstraints' && !isCa(certificate)) continue
    // The Baseline Requirements allow name constraints that are not critical (BR 7.1.2.10.8).
    if (name === 'nameConstraints' && webpki) continue
    note(wrong(name, 'critical', alwaysCritical[name]))
  }
}

/** RFC 5280 §4.2.1.1 and §4.2.1.2 */
const noteKeyIdentifiers = (certificate: Certificate, note: Note): void => {
  const extension = certificate.extension(oids.authorityKeyIdentifier)
  const authority = certificate.authorityKeyIdentifier
  if (extension === undefined || (authority !== undefined && authority.keyIdentifier === undefined)) {
    note(fault('authority-key-identifier-missing', {}))
  }
  if (authority !== undefined && (authority.issuer === undefined) !== (authority.serialNumber === undefined)) {
    const reason = 'authorityCertIssuer and authorityCertSerialNumber have to be there both or neither'
    note(fault('authority-key-identifier-invalid', { reason }))
  }
  if (isCa(certificate) && certificate.extension(oids.subjectKeyIdentifier) === undefined) {
    note(fault('subject-key-identifier-missing', {}))
  }
}

/** "Self-signed" of RFC 5280 §4.2.1.1: the signature verifies under the certificate's own key, whatever the names are. */
const isSelfSigned = (certificate: Certificate, { verify }: CheckContext): boolean =>
  certificate.publicKey !== undefined && verify(certificate, certificate.publicKey) === undefined

/** RFC 5280 §4.2.1.3, §4.2.1.9 and §4.2.1.10: what the extensions say of each other. */
const noteConsistency = (certificate: Certificate, note: Note): void => {
  const { basicConstraints, keyUsage } = certificate
  const certSign = keyUsage === undefined || (keyUsage & keyUsageBits.keyCertSign) !== 0
  const inconsistent = (reason: string, clause: string): Reported =>
    fault('extension-inconsistent', { reason }, `RFC 5280 ${clause}`)
  if (keyUsage !== undefined && certSign && !isCa(certificate)) {
    note(inconsistent('the key usage asserts keyCertSign, but cA is not TRUE', '§4.2.1.3'))
  }
  if (basicConstraints?.pathLength !== undefined) {
    if (!basicConstraints.ca) note(inconsistent('there is a path length constraint, but cA is not TRUE', '§4.2.1.9'))
    if (!certSign) note(inconsistent('there is a path length constraint, but no keyCertSign', '§4.2.1.9'))
  }
  if (!isCa(certificate) && certificate.extension(oids.nameConstraints) !== undefined) {
    const reason = 'only certificates of CAs may constrain names'
    note(fault('extension-not-allowed', { extension: 'nameConstraints', reason }, 'RFC 5280 §4.2.1.10'))
  }
}
