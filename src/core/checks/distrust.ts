import { error } from '../model/finding.ts'
import { formatInstant } from '../model/instant.ts'
import { defineCheck } from './check.ts'

/**
 * The end entity is not newer than the day on which its trust anchor lost the store's trust.
 *
 * RFC 5280 §6.2 leaves such limits to whoever keeps the trust anchors. As in NSS, the date is held against the end entity's
 * notBefore: what a CA has issued before stays valid until it expires. Neither the time of validation nor `clockSkew` has a
 * part in it, and neither has `anchorRules`, which is about what the anchor says of itself. Who signs CRLs and OCSP responses
 * about older certificates may be newer than the date. A notBefore that cannot be read is another check's.
 */
export const distrust = defineCheck({
  name: 'distrust',
  reports: ['distrusted'],
  run({ entries, anchorConstraints }, { options }, report) {
    const limit = anchorConstraints?.distrustAfter
    const notBefore = entries[0]?.certificate.notBefore
    if (options.signer || limit === undefined || notBefore === undefined || notBefore <= limit) return
    report(
      error('distrusted', entries.length - 1, {
        anchor: entries.at(-1)?.certificate.subject.text ?? '',
        constraint: 'distrustAfter',
        distrustAfter: formatInstant(limit),
        notBefore: formatInstant(notBefore)
      })
    )
  }
})
