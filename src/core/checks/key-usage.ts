import { keyUsageBits } from '../model/certificate.ts'
import { error } from '../model/finding.ts'
import { constraintsCount } from '../model/path.ts'
import { defineCheck } from './check.ts'

/**
 * Who issues may sign certificates (RFC 5280 §6.1.4 (n)), and the end entity may do what the request asks for (§4.2.1.3).
 * A certificate without the extension may do all.
 */
export const keyUsage = defineCheck({
  name: 'key-usage',
  reports: ['cert-sign-not-allowed', 'key-usage-mismatch'],
  run(path, { options }, report) {
    for (const [at, { certificate }] of path.entries.entries()) {
      const asserted = certificate.keyUsage
      if (asserted === undefined || !constraintsCount(path, at, options)) continue
      const missing = (at === 0 ? options.keyUsage : keyUsageBits.keyCertSign) & ~asserted
      if (missing === 0) continue
      if (at === 0) report(error('key-usage-mismatch', at, { missing: names(missing), asserted: names(asserted) }))
      else report(error('cert-sign-not-allowed', at, { keyUsage: names(asserted) }))
    }
  }
})

const names = (bits: number): readonly string[] =>
  Object.entries(keyUsageBits)
    .filter(([, bit]) => (bits & bit) !== 0)
    .map(([name]) => name)
