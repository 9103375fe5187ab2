import type { Certificate } from '../model/certificate.ts'
import type { CandidatePath, CheckContext } from '../model/path.ts'

/** How long an OCSP answer without nextUpdate is current where the request says nothing of its age, in seconds. */
const day = 86_400
/** Times that are told apart: more than any real set of evidence has. */
const mostInstants = 1_024

/** When something that a verdict may rest on begins, and when it is no more: seconds since 1970-01-01T00:00:00Z, skew included. */
export interface Instants {
  /** The first seconds of something new. */
  readonly changes: readonly number[]
  /** More were there than are told apart. */
  readonly cut: boolean
}

const ofCertificate = ({ notBefore, notAfter }: Certificate, skew: number): readonly number[] => [
  ...(notBefore === undefined ? [] : [notBefore - skew]),
  ...(notAfter === undefined ? [] : [notAfter + skew + 1])
]

/** The certificates of a path. Others that begin or end change nothing of it. */
export const instantsOfPath = (path: CandidatePath, { options }: CheckContext): readonly number[] =>
  path.entries.flatMap(({ certificate }) => ofCertificate(certificate, options.clockSkew))

/**
 * The evidence there is, and those who may have signed it: where revocation is judged, they begin and end on every path. A time
 * that changes nothing does no harm: it is tried in vain.
 */
export const instantsOfEvidence = (path: CandidatePath, context: CheckContext): Instants => {
  const { options, crls, ocspResponses, certificates } = context
  const { clockSkew, revocation } = options
  if (revocation.mode === 'off') return { changes: [], cut: false }
  const changes = new Set<number>()
  const window = (from: number | undefined, until: number | undefined, longest: number): void => {
    if (from !== undefined) changes.add(from - clockSkew).add(from + longest + clockSkew + 1)
    if (until !== undefined) changes.add(until + clockSkew + 1)
  }
  const longest = revocation.maxAge ?? day
  for (const { crl } of crls) {
    if (changes.size > mostInstants) break
    window(crl.thisUpdate, crl.nextUpdate, longest)
  }
  const serialNumbers = new Set(path.entries.map(({ certificate }) => certificate.serialNumber))
  for (const { response } of ocspResponses) {
    if (changes.size > mostInstants) break
    for (const serialNumber of serialNumbers) {
      for (const answer of response.basic?.find(serialNumber) ?? []) {
        if (answer.ok) window(answer.value.thisUpdate, answer.value.nextUpdate, longest)
      }
    }
    for (const signer of response.basic?.certificates ?? []) {
      for (const instant of ofCertificate(signer, clockSkew)) changes.add(instant)
    }
  }
  for (const { certificate } of certificates) {
    if (changes.size > mostInstants) break
    for (const instant of ofCertificate(certificate, clockSkew)) changes.add(instant)
  }
  return { changes: [...changes].slice(0, mostInstants), cut: changes.size > mostInstants }
}
