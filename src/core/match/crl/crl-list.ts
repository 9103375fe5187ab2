import type { Crl, CrlCandidate, RevokedEntry } from '../../model/crl.ts'
import type { CheckContext } from '../../model/path.ts'
import type { RejectedEvidence, Staleness } from '../../model/revocation.ts'
import { authenticate, type StatusQuestion } from './crl-authenticity.ts'
import { stale, stalenessOf } from './crl-freshness.ts'
import { scopeOf } from './crl-scope.ts'
import type { SignedCrl } from './delta-crl.ts'

/** A CRL that is authentic, covers the certificate, and was issued. */
export interface List extends SignedCrl {
  readonly source: string
  /** The last second at which its signer is to be believed. */
  readonly signedUntil: number
  readonly reasons: number
  readonly staleness: Staleness | undefined
  /** The certificate's entry. */
  readonly entry: RevokedEntry | undefined
}

const namesAStep = 64

/** How many names its distribution point has, each of which is looked up. */
const namesIn = ({ issuingDistributionPoint }: Crl): number =>
  issuingDistributionPoint?.name?.type === 'full' ? issuingDistributionPoint.name.names.length : 0

/** What costs nothing is asked first, so that nobody's key is tried on a CRL that has nothing to say. */
export const screen = (
  candidate: CrlCandidate,
  question: StatusQuestion,
  context: CheckContext
): List | RejectedEvidence => {
  const { crl, source } = candidate
  const { serialNumber, issuer } = question.certificate
  const staleness = stalenessOf(crl, context.options)
  if (staleness?.why === 'not-yet-issued') return stale(source, staleness)
  context.budget.spend('buildingSteps', Math.floor(namesIn(crl) / namesAStep))
  const scope = scopeOf(crl, question.certificate)
  if ('outside' in scope) {
    return { type: 'crl', source, kind: 'scope', problem: scope.outside, reference: 'RFC 5280 §6.3.3 (b)' }
  }
  const signature = authenticate(candidate, question, context)
  if ('problem' in signature) return signature
  const { key, until } = signature
  const entry = crl.find(serialNumber, issuer.key)
  return { crl, source, key, signedUntil: until, reasons: scope.reasons, staleness, entry }
}
