import { importable } from '../match/key/key-import.ts'
import { workingKeys } from '../match/key/key-inheritance.ts'
import { webpkiHashFault } from '../match/key/webpki-algorithms.ts'
import { error, errorAt, warningAt } from '../model/finding.ts'
import { defineCheck } from './check.ts'

/**
 * Every signature under the key of the certificate above it: RFC 5280 §6.1.3 (a)(1), with the working key and its
 * parameters of §6.1.4 (d) to (f).
 *
 * An anchor's own signature is not verified, and neither is that of the last certificate where there is no anchor. Where
 * a key could not be read, the `form` check has reported it, of anchors too. A key's fault is reported where the key is,
 * not where its signatures are.
 */
export const signatures = defineCheck({
  name: 'signatures',
  reports: [
    'signature-invalid',
    'signature-algorithm-unsupported',
    'signature-hash-mismatch',
    'public-key-malformed',
    'public-key-unsupported'
  ],
  run({ entries }, { options, verify }, report) {
    const keys = workingKeys(entries.map(({ certificate }) => certificate.publicKey))
    for (let at = entries.length - 2; at >= 0; at--) {
      const certificate = entries[at]?.certificate
      const key = keys[at + 1]
      if (certificate === undefined || key === undefined) continue
      if (key.type === 'other') {
        const reason = `its algorithm (${key.algorithm}) makes no signatures that are understood`
        report(error('public-key-unsupported', at + 1, { reason }))
        continue
      }
      const fault = verify(certificate, key)
      // A key beyond the limits is reported where its strength is judged.
      if (fault !== undefined && fault.code !== 'limit-reached') {
        report(errorAt(fault.code === 'public-key-malformed' ? at + 1 : at, fault))
      }
      const { signatureAlgorithm: identifier } = certificate
      const unusual = options.profile === 'webpki' && identifier !== undefined && webpkiHashFault(identifier, key)
      if (unusual) report(warningAt(at, unusual))
    }
    const own = entries[0]?.certificate.publicKey
    const fault = own && importable(own)
    if (fault !== undefined) report(errorAt(0, fault))
  }
})
