import { type Certificate, keyUsageBits } from '../model/certificate.ts'
import { error } from '../model/finding.ts'
import { extensionOids } from '../model/oids.ts'
import { constraintsCount, type Role, roleAt } from '../model/path.ts'
import { defineCheck } from './check.ts'

/**
 * Who issues is a CA; under `webpki`, who is the end entity is none.
 *
 * RFC 5280 §6.1.4 (k). An intermediate of version 1 or 2 is refused, since nothing outside of the path says that it is a CA.
 * A trust anchor of these versions has been declared a CA by being an anchor, as the old roots of every store are; one of
 * version 3 can say that it is a CA, and has to while its contents count (RFC 5937 §3).
 */
export const basicConstraints = defineCheck({
  name: 'basic-constraints',
  reports: ['issuer-not-ca', 'end-entity-is-ca'],
  run(path, { options }, report) {
    for (const [at, { certificate }] of path.entries.entries()) {
      if (at === 0) {
        if (options.profile === 'webpki' && claimsToBeCa(certificate)) report(error('end-entity-is-ca', at, {}))
        continue
      }
      if (!constraintsCount(path, at, options)) continue
      const fault = notCa(certificate, roleAt(path, at))
      if (fault !== undefined) {
        report(error('issuer-not-ca', at, { version: certificate.version, basicConstraints: fault }))
      }
    }
  }
})

const notCa = (certificate: Certificate, role: Role): 'absent' | 'not-ca' | undefined => {
  const { basicConstraints: constraints, version } = certificate
  if (constraints !== undefined && !constraints.ca) return 'not-ca'
  if (version === 1 || version === 2) return role === 'trust-anchor' ? undefined : 'absent'
  if (constraints !== undefined) return undefined
  return certificate.extension(extensionOids.basicConstraints) === undefined ? 'absent' : undefined
}

/** CA/Browser Forum BR 7.1.2.7.8 and 7.1.2.7.11: a subscriber certificate has neither cA TRUE nor keyCertSign. */
const claimsToBeCa = ({ basicConstraints: constraints, keyUsage = 0 }: Certificate): boolean =>
  constraints?.ca === true || (keyUsage & keyUsageBits.keyCertSign) !== 0
