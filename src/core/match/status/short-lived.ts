import type { Certificate } from '../../model/certificate.ts'

const day = 86_400
const march15th = (year: number): number => Date.UTC(year, 2, 15) / 1000

/** BR 1.6.1, by the day of issuance: from when on, and how many seconds a certificate is valid at most. */
const shortest = [
  { from: march15th(2026), most: 7 * day },
  { from: march15th(2024), most: 10 * day }
] as const

/**
 * Whether it is a Short-lived Subscriber Certificate (BR 1.6.1), which need not say where its status is told (BR 7.1.2.11.2) and
 * need not be revoked (BR 4.9.1.1). A period of validity counts both of its ends (BR 1.6.1, RFC 5280 §4.1.2.5). The day of
 * issuance is not in a certificate; its notBefore is taken for it.
 */
export const isShortLived = ({ notBefore, notAfter, basicConstraints }: Certificate): boolean => {
  if (notBefore === undefined || notAfter === undefined || basicConstraints?.ca === true) return false
  const rule = shortest.find(({ from }) => notBefore >= from)
  return rule !== undefined && notAfter - notBefore + 1 <= rule.most
}
