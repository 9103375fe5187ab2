import { error } from '../model/finding.ts'
import { defineCheck } from './check.ts'

/**
 * The issuer name of each certificate is the subject name of the one above it, compared by RFC 5280 §7.1.
 *
 * RFC 5280 §6.1.3 (a)(4). The search takes no other steps; the rule is held here as well, so that no path is valid
 * without it.
 */
export const nameChaining = defineCheck({
  name: 'name-chaining',
  reports: ['name-chaining-broken'],
  run(path, _context, report) {
    for (const [at, { certificate }] of path.entries.entries()) {
      const above = path.entries[at + 1]?.certificate
      if (above !== undefined && above.subject.key !== certificate.issuer.key) {
        report(error('name-chaining-broken', at, { issuer: certificate.issuer.text, subject: above.subject.text }))
      }
    }
  }
})
