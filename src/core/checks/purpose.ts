import { trustFor, trustsNothing } from '../model/anchor-constraints.ts'
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
  *run(path, { options }) {
    let asked = options.purposes
    const untrusted = untrustedOf(path, asked)
    if (options.purposesMatch === 'any' && untrusted.length < asked.length) {
      asked = asked.filter((oid) => !untrusted.includes(oid))
    } else {
      yield* storeFindings(path, untrusted)
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
      yield error(at === 0 ? 'purpose-not-allowed' : 'purpose-not-allowed-by-issuer', at, {
        purposes: refused.slice(0, mostListed),
        allowed: [...allowed].slice(0, mostListed)
      })
    }
  }
})

/** The purposes asked for that the trust store does not trust the anchor for. */
const untrustedOf = ({ anchorConstraints }: CandidatePath, asked: readonly string[]): readonly string[] =>
  anchorConstraints === undefined ? [] : asked.filter((oid) => trustFor(anchorConstraints, oid) !== 'trusted')

/** What the trust store says against them, or against the anchor as a whole. */
function* storeFindings(
  { entries, anchorConstraints: constraints }: CandidatePath,
  untrusted: readonly string[]
): Iterable<Finding<'distrusted' | 'anchor-constraint-violated'>> {
  if (constraints === undefined || (untrusted.length === 0 && !trustsNothing(constraints))) return
  const at = entries.length - 1
  const anchor = entries[at]?.certificate.subject.text ?? ''
  const rejectsAll = constraints.rejectedPurposes.includes(anyExtendedKeyUsage)
  const rejected = untrusted.filter((oid) => trustFor(constraints, oid) === 'rejected')
  if (rejectsAll || rejected.length > 0) {
    const purposes = rejectsAll ? [anyExtendedKeyUsage] : rejected.slice(0, mostListed)
    yield error('distrusted', at, { anchor, constraint: 'rejectedPurposes', purposes })
  }
  if (rejectsAll || (untrusted.length > 0 && rejected.length === untrusted.length)) return
  yield error('anchor-constraint-violated', at, {
    anchor,
    constraint: 'purposes',
    purposes: untrusted.filter((oid) => !rejected.includes(oid)).slice(0, mostListed),
    allowed: (constraints.purposes ?? []).filter((oid) => trustFor(constraints, oid) === 'trusted').slice(0, mostListed)
  })
}

/** Answers do not grow with what a certificate or a request lists. */
const mostListed = 16
