import { oversized } from '../match/key/key-size.ts'
import { weakKey, weakSignature } from '../match/key/strength.ts'
import { webpkiKeyFault, webpkiSignatureFault } from '../match/key/webpki-algorithms.ts'
import { errorAt } from '../model/finding.ts'
import type { CandidatePath } from '../model/path.ts'
import { defineCheck } from './check.ts'

/**
 * Whether the signature of an entry's certificate counts: not that of a trust anchor, and so not that of a certificate at
 * the end that only has to be trusted to be one.
 */
const signatureCounts = (path: CandidatePath, at: number): boolean => {
  if (at < path.entries.length - 1) return true
  return !path.anchored && path.entries[at]?.certificate.selfIssued === false
}

/**
 * The least strength of keys and signatures that the request asks for (`securityLevel`), and under profile `webpki` the
 * algorithms and sizes of BR 6.1.5 and 7.1.3.
 *
 * Keys beyond the size limits are reported here as well: nothing is computed with them.
 *
 * A trust anchor's key counts, since what it signed is worth no more than it, and its own signature does not.
 */
export const strength = defineCheck({
  name: 'strength',
  reports: [
    'limit-reached',
    'public-key-weak',
    'public-key-unsupported',
    'signature-algorithm-weak',
    'signature-algorithm-unsupported'
  ],
  run(path, { options, budget }, report) {
    const { securityLevel, profile } = options
    const webpki = profile === 'webpki'
    for (const [at, { certificate }] of path.entries.entries()) {
      const { publicKey: key, signatureAlgorithm: identifier } = certificate
      const large = key && oversized(key, budget.limits)
      if (large !== undefined) report(errorAt(at, large))
      const keyFault = key && (weakKey(key, securityLevel) ?? (webpki ? webpkiKeyFault(key) : undefined))
      if (keyFault !== undefined) report(errorAt(at, keyFault))
      if (identifier === undefined || !signatureCounts(path, at)) continue
      const signatureFault =
        weakSignature(identifier, securityLevel) ?? (webpki ? webpkiSignatureFault(identifier) : undefined)
      if (signatureFault !== undefined) report(errorAt(at, signatureFault))
    }
  }
})
