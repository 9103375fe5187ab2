import type { Certificate } from '../model/certificate.ts'
import { error } from '../model/finding.ts'
import { extensionName, extensionOids as oids, understoodExtensions } from '../model/oids.ts'
import { constraintsCount } from '../model/path.ts'
import { defineCheck } from './check.ts'

/** RFC 5280 §4.2.1.4: a critical extension has to be understood with its qualifiers. */
const hasUnknownQualifiers = (certificate: Certificate): boolean =>
  certificate.extension(oids.certificatePolicies)?.critical === true &&
  certificate.certificatePolicies?.some(({ unknownQualifiers }) => unknownQualifiers) === true

/** Every critical extension is understood, or the certificate is refused: RFC 5280 §4.2, §6.1.4 (o) and §6.1.5 (f). */
export const criticalExtensions = defineCheck({
  name: 'critical-extensions',
  reports: ['extension-critical-unknown', 'policy-extension-invalid'],
  run(path, { options }, report) {
    for (const [at, { certificate }] of path.entries.entries()) {
      if (!constraintsCount(path, at, options)) continue
      const reference = at === 0 ? 'RFC 5280 §6.1.5 (f)' : 'RFC 5280 §6.1.4 (o)'
      if (hasUnknownQualifiers(certificate)) {
        const reason = 'it is critical, and has a qualifier that is not understood'
        const details = { extension: 'certificatePolicies', reason }
        report(error('policy-extension-invalid', at, details, 'RFC 5280 §4.2.1.4'))
      }
      const unknown = certificate.extensions.filter(({ oid, critical }) => critical && !understoodExtensions.has(oid))
      if (unknown.length === 0) continue
      for (const oid of new Set(unknown.map((each) => each.oid)))
        report(error('extension-critical-unknown', at, { extension: extensionName(oid), oid }, reference))
    }
  }
})
