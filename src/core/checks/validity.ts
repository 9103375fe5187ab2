import { error } from '../model/finding.ts'
import { formatInstant } from '../model/instant.ts'
import { roleAt } from '../model/path.ts'
import { defineCheck } from './check.ts'

/**
 * The time of validation lies within the validity period, both ends included, in whole seconds.
 *
 * RFC 5280 §6.1.3 (a)(2) and §4.1.2.5. `clockSkew` widens the period on both sides.
 */
export const validity = defineCheck({
  name: 'validity',
  reports: ['not-yet-valid', 'expired'],
  run(path, { options }, report) {
    const { time, clockSkew, anchorRules } = options
    for (const [at, { certificate }] of path.entries.entries()) {
      if (roleAt(path, at) === 'trust-anchor' && !anchorRules.validity) continue
      const { notBefore, notAfter } = certificate
      if (notBefore !== undefined && time.isBefore(notBefore - clockSkew)) {
        report(
          error('not-yet-valid', at, { notBefore: formatInstant(notBefore), validAt: formatInstant(time.seconds) })
        )
      }
      if (notAfter !== undefined && time.isAfter(notAfter + clockSkew)) {
        report(error('expired', at, { notAfter: formatInstant(notAfter), validAt: formatInstant(time.seconds) }))
      }
    }
  }
})
