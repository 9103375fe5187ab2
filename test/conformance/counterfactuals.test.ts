import { describe, expect, it } from 'vitest'
import { defaultLimits } from '#dist/core/model/limits.js'
import type { ValidationRequest } from '#dist/core/model/request.js'
import type { Verdict } from '#dist/core/model/verdict.js'
import { validate } from '#dist/core/validate.js'
import { withChange } from '../support/counterfactual.ts'
import { describeWith } from '../support/engines.ts'
import { type Corpus, casesOf } from './corpus.ts'

const settings = {
  now: Math.floor(Date.now() / 1000),
  securityLevel: 2,
  limits: defaultLimits,
  maxCertificates: 2000
} as const

const verdictOn = (request: ValidationRequest): Verdict | undefined => {
  const outcome = validate(request, [], settings)
  return outcome.kind === 'verdict' ? outcome.verdict : undefined
}

/** The least share of the invalid cases, in per cent, for which there is a change that makes them valid: most need another certificate. */
const leastShare: Readonly<Record<Corpus, number>> = { pkits: 25, limbo: 45, bettertls: 20 }

describeWith('shared', 'What would make the invalid cases of the corpora valid', () => {
  describe.each(Object.entries(leastShare) as [Corpus, number][])('%s', (corpus, least) => {
    it('proves itself: each change that is told gives valid', () => {
      let invalid = 0
      let mended = 0
      for (const { id, request, expected } of casesOf(corpus)) {
        if (expected === 'valid') continue
        const verdict = verdictOn({ ...request, explain: 'all' })
        if (verdict === undefined || verdict.valid) continue
        invalid++
        const { wouldBeValid = [] } = verdict
        if (wouldBeValid.length > 0) mended++
        for (const change of wouldBeValid) {
          expect(verdictOn(withChange(request, change))?.valid, `${id}: ${JSON.stringify(change.set)}`).toBe(true)
        }
      }
      process.stderr.write(`${corpus}: ${mended} of ${invalid} invalid cases have a change that makes them valid\n`)
      expect((100 * mended) / invalid).toBeGreaterThanOrEqual(least)
    }, 240_000)
  })
})
