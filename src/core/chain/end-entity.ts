import type { Certificate } from '../model/certificate.ts'

/**
 * Which certificate of a file the chain is of, as its index. The first, as the contract has it, unless it is a CA's: then people
 * have put the CA before what it issued, and meant a certificate that is no CA's, most likely one that another in the file has
 * issued. Where all are CAs', it is the first that has issued none of the others. By names and key identifiers alone.
 */
export const endEntityOf = (certificates: readonly Certificate[]): number => {
  const [first] = certificates
  if (first === undefined || !isCa(first)) return 0
  const subjects = new Set(certificates.map(({ subject }) => subject.key))
  const others = certificates.map((certificate) => !isCa(certificate))
  const issued = certificates.findIndex(({ issuer }, at) => others[at] === true && subjects.has(issuer.key))
  if (issued >= 0) return issued
  const other = others.indexOf(true)
  return other >= 0 ? other : lowest(certificates)
}

const isCa = ({ basicConstraints, version, selfIssued }: Certificate): boolean =>
  basicConstraints?.ca === true || (version < 3 && selfIssued)

const lowest = (certificates: readonly Certificate[]): number => {
  const issuers = new Set(certificates.flatMap(({ selfIssued, issuer }) => (selfIssued ? [] : [issuer.key])))
  return Math.max(
    certificates.findIndex(({ subject }) => !issuers.has(subject.key)),
    0
  )
}
