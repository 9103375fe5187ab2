import { error } from '../model/finding.ts'
import { anyExtendedKeyUsage } from '../model/oids.ts'
import { constraintsCount } from '../model/path.ts'
import { defineCheck } from './check.ts'

/**
 * The purposes asked for are allowed along the whole path.
 *
 * RFC 5280 §4.2.1.12 speaks of the end entity's extended key usage alone. As the validators of today do, that of a CA
 * (and of a trust anchor whose contents count) is taken as a limit to what is below it, whatever the profile. A certificate
 * without the extension allows all, and so does anyExtendedKeyUsage; that `webpki` allows no such thing in an end
 * entity is a rule of form, and another check's.
 */
export const purpose = defineCheck({
  name: 'purpose',
  reports: ['purpose-not-allowed', 'purpose-not-allowed-by-issuer'],
  *run(path, { options }) {
    let asked = options.purposes
    if (asked.length === 0) return
    for (let at = path.entries.length - 1; at >= 0; at--) {
      const usage = path.entries[at]?.certificate.extendedKeyUsage
      if (usage === undefined || !constraintsCount(path, at, options)) continue
      const allowed = new Set(usage)
      if (allowed.has(anyExtendedKeyUsage)) continue
      const refused = asked.filter((oid) => !allowed.has(oid))
      if (refused.length === 0) continue
      // Where one purpose is enough, it has to be the same one all along: those that are left are asked for below.
      if (options.purposesMatch === 'any' && refused.length < asked.length) {
        asked = asked.filter((oid) => allowed.has(oid))
        continue
      }
      yield error(at === 0 ? 'purpose-not-allowed' : 'purpose-not-allowed-by-issuer', at, {
        purposes: refused.slice(0, mostListed),
        allowed: [...allowed].slice(0, mostListed)
      })
    }
  }
})

/** Answers do not grow with what a certificate or a request lists. */
const mostListed = 16
