import type { Certificate } from '../../model/certificate.ts'
import { allReasonFlags, type Crl, type DistributionPointName, type IssuingDistributionPoint } from '../../model/crl.ts'
import { type AskedPoints, askedCrls, nameKeys } from './distribution-point.ts'

/** What a CRL can tell of a certificate: the reasons it covers as ReasonFlags, or why it covers none. */
export type Scope = { readonly reasons: number } | { readonly outside: string }

/**
 * RFC 5280 §6.3.3 (b), (d) and (e): whether a CRL covers a certificate, as an ordinary CRL of the certificate's own issuer, or
 * as an indirect one of an issuer that the certificate's distribution points name.
 */
export const scopeOf = (crl: Crl, certificate: Certificate): Scope => {
  const idp = crl.issuingDistributionPoint
  const points = pointsFor(crl, certificate)
  if (points.length === 0) return { outside: notAsked(crl, certificate) }
  const reasons = idp?.onlySomeReasons ?? allReasonFlags
  if (idp !== undefined) {
    const outside = outsideOf(idp, certificate)
    if (outside !== undefined) return { outside }
  }
  const asked =
    idp?.name === undefined ? points.reduce((sum, { any }) => sum | any, 0) : reasonsOf(crl, idp.name, points)
  if (asked === undefined) return { outside: 'is of a distribution point that the certificate does not name' }
  const covered = asked & reasons & allReasonFlags
  return covered === 0
    ? { outside: 'covers none of the reasons for which the certificate names it' }
    : { reasons: covered }
}

/** (b)(1) */
const pointsFor = (crl: Crl, certificate: Certificate): readonly AskedPoints[] => {
  const { own, indirect } = askedCrls(certificate)
  const issuer = crl.issuer.key
  const byName = crl.issuingDistributionPoint?.indirectCRL ? indirect.get(issuer) : undefined
  return [...(issuer === certificate.issuer.key ? [own] : []), ...(byName === undefined ? [] : [byName])]
}

const notAsked = (crl: Crl, certificate: Certificate): string =>
  askedCrls(certificate).indirect.has(crl.issuer.key)
    ? 'is of a CRL issuer that the certificate names, but does not say that it is an indirect CRL'
    : 'is of another issuer, which the certificate’s distribution points do not name'

/** (b)(2)(ii) to (iv) */
const outsideOf = (idp: IssuingDistributionPoint, certificate: Certificate): string | undefined => {
  if (idp.onlyContainsAttributeCerts) return 'covers attribute certificates only'
  const ca = certificate.basicConstraints?.ca ?? false
  if (idp.onlyContainsUserCerts && ca) return 'covers end-entity certificates only'
  if (idp.onlyContainsCACerts && !ca) return 'covers CA certificates only'
  return undefined
}

/** (b)(2)(i): the reasons for which the certificate asks one of the CRL's names; undefined where it names none of them. */
const reasonsOf = (crl: Crl, name: DistributionPointName, points: readonly AskedPoints[]): number | undefined => {
  let asked: number | undefined
  for (const key of namesOfCrl(crl, name)) {
    for (const { byName } of points) {
      const reasons = byName.get(key)
      if (reasons !== undefined) asked = (asked ?? 0) | reasons
    }
  }
  return asked
}

/** Made once for each CRL, since it may hold many thousand names. */
const namesByCrl = new WeakMap<Crl, readonly string[]>()

const namesOfCrl = (crl: Crl, name: DistributionPointName): readonly string[] => {
  const known = namesByCrl.get(crl)
  if (known !== undefined) return known
  const names = nameKeys(name, crl.issuer)
  namesByCrl.set(crl, names)
  return names
}
