import { error } from '../model/finding.ts'
import { type CandidatePath, constraintsCount, roleAt } from '../model/path.ts'
import { defineCheck } from './check.ts'

/**
 * Counts the intermediate certificates below each path length constraint, and all of them for `maxIntermediates`.
 *
 * RFC 5280 §6.1.4 (l) and (m); a trust anchor's own constraint is where the count starts (RFC 5937 §3.2). Self-issued
 * certificates, as in a key rollover, do not count, and neither does the target: the steps are for i < n.
 */
export const pathLength = defineCheck({
  name: 'path-length',
  reports: ['path-length-exceeded', 'path-too-long'],
  run(path, { options }, report) {
    const found = countIntermediates(path)
    const { maxIntermediates: allowed } = options
    if (allowed !== undefined && found > allowed) report(error('path-too-long', null, { allowed, found }))
    let remaining = Number.POSITIVE_INFINITY // max_path_length
    let constraint = { allowed: 0, setBy: 0 }
    for (let at = path.entries.length - 1; at > 0; at--) {
      const certificate = path.entries[at]?.certificate
      if (certificate === undefined || !constraintsCount(path, at, options)) continue
      if (roleAt(path, at) === 'intermediate' && !certificate.selfIssued) {
        if (remaining === 0) {
          report(error('path-length-exceeded', at, constraint))
          return
        }
        remaining--
      }
      const length = certificate.basicConstraints?.pathLength
      if (length !== undefined && length < remaining) {
        remaining = length
        constraint = { allowed: length, setBy: at }
      }
    }
  }
})

const countIntermediates = (path: CandidatePath): number =>
  path.entries.filter(({ certificate }, at) => roleAt(path, at) === 'intermediate' && !certificate.selfIssued).length
