import { accessDescriptions } from '../../decode/certificate/access-descriptions.ts'
import { attempt } from '../../decode/der/der.ts'
import type { Certificate } from '../../model/certificate.ts'
import { type Fault, fault } from '../../model/finding.ts'
import { extensionOids as oids } from '../../model/oids.ts'

const ocsp = '1.3.6.1.5.5.7.48.1'
const ocspNoCheck = '1.3.6.1.5.5.7.48.1.5'

/** RFC 9608 §3: what a certificate with noRevAvail must not have; whoever relies on it has to take one that does for invalid. */
export const noRevAvailConflicts = (certificate: Certificate): readonly Fault<'no-rev-avail-conflict'>[] => {
  if (certificate.extension(oids.noRevAvail) === undefined) return []
  const conflicts: Fault<'no-rev-avail-conflict'>[] = []
  const add = (extension: string, reason: string): void => {
    conflicts.push(fault('no-rev-avail-conflict', { extension, reason }))
  }
  if (certificate.basicConstraints?.ca) add('basicConstraints', 'it is the certificate of a CA')
  if (certificate.extension(oids.cRLDistributionPoints) !== undefined)
    add('cRLDistributionPoints', 'it says where CRLs are')
  if (certificate.extension(oids.freshestCRL) !== undefined) add('freshestCRL', 'it says where delta CRLs are')
  const access = certificate.extension(oids.authorityInfoAccess)
  const methods = access && attempt(() => [...accessDescriptions(access.value)].map(({ method }) => method))
  if (methods?.ok && methods.value.includes(ocsp)) add('authorityInfoAccess', 'it names an OCSP responder')
  return conflicts
}

/**
 * Whether a certificate's status need not be known: RFC 9608 §4, which has path validation pass over RFC 5280 §6.1.3 (a)(3)
 * where noRevAvail or ocsp-nocheck (RFC 6960 §4.2.2.2.1) is there. CA certificates, and those that contradict themselves, are
 * not let off. That somebody revoked it nevertheless still counts.
 */
export const isExempt = (certificate: Certificate): boolean => {
  if (certificate.basicConstraints?.ca) return false
  if (certificate.extension(oids.noRevAvail) !== undefined) return noRevAvailConflicts(certificate).length === 0
  return certificate.extension(ocspNoCheck) !== undefined
}
