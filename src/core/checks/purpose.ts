import { type PurposeTrust, purposeTrust } from '../model/anchor-constraints.ts'
import { error, type Finding } from '../model/finding.ts'
import { anyExtendedKeyUsage } from '../model/oids.ts'
import { type CandidatePath, constraintsCount } from '../model/path.ts'
import { defineCheck } from './check.ts'

const reports = [
  'distrusted',
  'anchor-constraint-violated',
  'purpose-not-allowed',
  'purpose-not-allowed-by-issuer'
] as const

/**
 * The purposes asked for are allowed along the whole path, and the trust anchor is trusted for them.
 *
 * RFC 5280 §4.2.1.12 speaks of the end entity's extended key usage alone. As the validators of today do, that of a CA
 * (and of a trust anchor whose contents count) is taken as a limit to what is below it, whatever the profile. A certificate
 * without the extension allows all, and so does anyExtendedKeyUsage; that `webpki` allows no such thing in an end
 * entity is a rule of form, and another check's.
 *
 * What the trust store says of the anchor's purposes (§6.2) is a limit of the same kind, whatever `anchorRules` says. While no
 * purpose is asked for none is judged; but an anchor that is trusted for no purpose at all never counts. OpenSSL is stricter:
 * without a purpose it refuses an anchor that has any list of trusted ones.
 */
export const purpose = defineCheck({
  name: 'purpose',
  reports,
  run(path, { options }, report) {
    let asked = options.purposes
    const { anchorConstraints } = path
    if (anchorConstraints !== undefined) {
      const trust = purposeTrust(anchorConstraints)
      const trusted = asked.filter((oid) => trust.of(oid) === 'trusted')
      if (options.purposesMatch === 'any' && trusted.length > 0) asked = trusted
      else for (const each of storeFindings(path, asked, trust)) report(each)
    }
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
      report(
        error(at === 0 ? 'purpose-not-allowed' : 'purpose-not-allowed-by-issuer', at, {
          purposes: refused.slice(0, mostListed),
          allowed: [...allowed].slice(0, mostListed)
        })
      )
    }
  }
})

/** What the trust store says against the purposes asked for, or, where there are none, against the anchor as a whole. */
function* storeFindings(
  { entries }: CandidatePath,
  asked: readonly string[],
  trust: PurposeTrust
): Iterable<Finding<'distrusted' | 'anchor-constraint-violated'>> {
  const at = entries.length - 1
  const anchor = entries[at]?.certificate.subject.text ?? ''
  const rejected = trust.rejectsAll ? [anyExtendedKeyUsage] : asked.filter((oid) => trust.of(oid) === 'rejected')
  if (rejected.length > 0) {
    const purposes = rejected.slice(0, mostListed)
    yield error('distrusted', at, { anchor, constraint: 'rejectedPurposes', purposes })
  }
  const untrusted = asked.filter((oid) => trust.of(oid) === 'untrusted')
  const trustsNothing = asked.length === 0 && !trust.rejectsAll && trust.trusted?.length === 0
  if (untrusted.length === 0 && !trustsNothing) return
  const purposes = untrusted.slice(0, mostListed)
  const allowed = (trust.trusted ?? []).slice(0, mostListed)
  yield error('anchor-constraint-violated', at, { anchor, constraint: 'purposes', purposes, allowed })
}

/** Answers do not grow with what a certificate or a request lists. */
const mostListed = 16
