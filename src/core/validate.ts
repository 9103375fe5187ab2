import { explained } from './explain/explain.ts'
import { matchesPrivateKey } from './match/key/private-key.ts'
import type { Limits } from './model/limits.ts'
import type { PublicKey } from './model/public-key.ts'
import type { ReadField } from './model/read-field.ts'
import type { Judgement, Outcome, Validate, ValidationRequest, ValidationSettings } from './model/request.ts'
import { finished, type Stages } from './model/stages.ts'
import type { PrivateKeyReport } from './model/verdict.ts'
import { bySubjectOfBoth } from './path/by-subject.ts'
import type { Found } from './path/find.ts'
import { whatWouldHelp } from './path/wanted.ts'
import { allowsFetching, examine, readQuestion } from './question.ts'
import { report } from './report.ts'

/**
 * Validates the first certificate of `request.chain`: whether a path leads from it to a trust anchor and every rule holds
 * along that path (RFC 5280 §6, RFC 4158). The `caBundle` of the request comes before `stores` in order of preference.
 *
 * Pure: it knows no clock, files or network beyond its arguments, and answers the same arguments with the same verdict.
 */
export const validate: Validate = (...question): Outcome => finished(validation(...question))

/** The same in its three stages: what was sent is read, a path is looked for, and the answer is put into words. */
export function* validation(...[request, stores, settings, gathered]: Parameters<Validate>): Stages<Outcome> {
  const question = readQuestion(request, stores, settings, gathered)
  if ('kind' in question) return question
  yield
  const { options, chain, others, trust, heldPrivateKey, warnings } = question
  const [target, ...rest] = chain.certificates
  if (target === undefined) throw new Error('a chain without certificates was not refused')
  const candidates = [...rest, ...others]
  const named = bySubjectOfBoth(chain.issuers ?? rest, others, chain.issuers !== undefined)
  const { found, context } = examine(question, { target, candidates, named }, settings)
  yield
  const privateKey =
    chain.privateKey && privateKeyReport(chain.privateKey, target.certificate.publicKey, settings.limits)
  const verdict = report(found, context, { stores: trust, warnings, privateKey })
  const more =
    options.explain === 'all' ? explained(found, { target, candidates, stores: trust, context }, request, settings) : {}
  // What would make it valid is looked for at other times as well, which says nothing of how long this answer holds.
  const lasting =
    !heldPrivateKey && verdict.outcome !== 'indeterminate' && options.explain !== 'all' && !allowsFetching(request)
  return {
    kind: 'verdict',
    verdict: { ...verdict, ...more },
    ...wantedFor(found, request, settings),
    ...(lasting ? { holds: { ...options.time.span, byClock: request.time === undefined } } : {})
  }
}

const privateKeyReport = (
  { block, precedesCertificate }: NonNullable<ReadField['privateKey']>,
  publicKey: PublicKey | undefined,
  limits: Limits
): PrivateKeyReport => {
  const { encrypted } = block
  return { matches: matchesPrivateKey(block, publicKey, limits), precedesCertificate, encrypted }
}

/** What may be fetched for the request, and would help it. */
export const wantedFor = (
  found: Found,
  request: ValidationRequest,
  { fetching }: ValidationSettings
): Pick<Judgement, 'wanted'> =>
  fetching === true && allowsFetching(request)
    ? {
        wanted: whatWouldHelp(found, {
          issuers: request.fetchIssuers === true,
          statuses: request.revocation?.fetch === true
        })
      }
    : {}
