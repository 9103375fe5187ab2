import { readDistributionPoints } from '../../decode/certificate/distribution-points.ts'
import { attempt } from '../../decode/der/der.ts'
import { nameBelow } from '../../decode/name/relative-name.ts'
import type { Certificate } from '../../model/certificate.ts'
import { allReasonFlags, type DistributionPoint, type DistributionPointName } from '../../model/crl.ts'
import type { GeneralName, Name } from '../../model/name.ts'
import { extensionOids } from '../../model/oids.ts'

/** What a certificate asks of the CRLs of one issuer: the reasons (as ReasonFlags) for which it names them, and as what. */
export interface AskedPoints {
  /** By any of its distribution points: all that a CRL covers which names none of its own. */
  readonly any: number
  /** By the names of its distribution points, in the form of `nameKeys`. */
  readonly byName: ReadonlyMap<string, number>
}

/** RFC 5280 §4.2.1.13 */
export interface AskedCrls {
  /** CRLs of the certificate's own issuer. */
  readonly own: AskedPoints
  /** Indirect CRLs, by the key of the CRL issuer's name. */
  readonly indirect: ReadonlyMap<string, AskedPoints>
}

/** Names times CRL issuers of distribution points: of a certificate that has more, the rest is passed over. */
const mostIndirectNames = 4_096

/** Made once for each certificate, since it may hold many thousand names. */
const askedByCertificate = new WeakMap<Certificate, AskedCrls>()

/**
 * The CRLs that a certificate's distribution points ask for. One more is taken as given, as RFC 5280 §6.3.3 has it: one with
 * the name of the certificate's issuer, for all reasons.
 *
 * More lenient than §6.3.3 (b)(1): a distribution point that names the certificate's own issuer as its CRL issuer, which
 * §4.2.1.13 has issuers leave out, asks for an ordinary CRL as well.
 */
export const askedCrls = (certificate: Certificate): AskedCrls => {
  const known = askedByCertificate.get(certificate)
  if (known !== undefined) return known
  const { issuer } = certificate
  const own = new Points()
  own.add([keyOf({ type: 'directory', value: issuer })], allReasonFlags)
  const indirect = new Map<string, Points>()
  let left = mostIndirectNames
  for (const { name, reasons = allReasonFlags, crlIssuer } of distributionPointsOf(certificate)) {
    const issuers = crlIssuer?.flatMap((each) => (each.type === 'directory' ? [each.value] : [])) ?? []
    if (crlIssuer === undefined || issuers.some(({ key }) => key === issuer.key)) {
      own.add(name === undefined ? [] : nameKeys(name, issuer), reasons)
    }
    for (const crlIssuerName of issuers) {
      // §6.3.3 (b)(2)(i): where the point has no name, that of its CRL issuer stands for it.
      const names = name === undefined ? crlIssuer?.map(keyOf) : nameKeys(name, crlIssuerName)
      left -= 1 + (names?.length ?? 0)
      if (left < 0) break
      pointsOf(indirect, crlIssuerName.key).add(names ?? [], reasons)
    }
  }
  const asked = { own, indirect }
  askedByCertificate.set(certificate, asked)
  return asked
}

class Points implements AskedPoints {
  any = 0
  readonly byName = new Map<string, number>()

  add(names: readonly string[], reasons: number): void {
    this.any |= reasons
    for (const name of names) this.byName.set(name, (this.byName.get(name) ?? 0) | reasons)
  }
}

const pointsOf = (map: Map<string, Points>, key: string): Points => {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = new Points()
  map.set(key, made)
  return made
}

const distributionPointsOf = (certificate: Certificate): readonly DistributionPoint[] => {
  const extension = certificate.extension(extensionOids.cRLDistributionPoints)
  if (extension === undefined) return []
  const read = attempt(() => readDistributionPoints(extension.value))
  return read.ok ? read.value : []
}

/** The names of a distribution point in a form that can be compared. A relative name follows that of the CRL's issuer. */
export const nameKeys = (name: DistributionPointName, issuer: Name): readonly string[] => {
  if (name.type === 'full') return name.names.map(keyOf)
  const full = nameBelow(issuer, name.rdn)
  return full === undefined ? [] : [keyOf({ type: 'directory', value: full })]
}

const keyOf = (name: GeneralName): string => {
  switch (name.type) {
    case 'dns':
    case 'email':
    case 'uri':
    case 'registeredId':
      return `${name.type}:${name.value}`
    case 'directory':
      return `directory:${name.value.key}`
    case 'other':
      return `other:${name.oid}:${Buffer.from(name.value).toString('hex')}`
    default:
      return `${name.type}:${Buffer.from(name.value).toString('hex')}`
  }
}
