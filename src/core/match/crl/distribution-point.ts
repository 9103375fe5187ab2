import { readDistributionPoints } from '../../decode/certificate/distribution-points.ts'
import { attempt } from '../../decode/der/der.ts'
import { nameBelow } from '../../decode/name/relative-name.ts'
import type { Certificate } from '../../model/certificate.ts'
import { allReasonFlags, type Crl, type DistributionPoint, type DistributionPointName } from '../../model/crl.ts'
import type { GeneralName, Name } from '../../model/name.ts'
import { extensionOids } from '../../model/oids.ts'

/** What a CRL of a certificate's own issuer can tell of it: the reasons it covers as ReasonFlags, or why it covers none. */
export type Scope = { readonly reasons: number } | { readonly outside: string }

/**
 * RFC 5280 §6.3.3 (b)(2), (d) and (e), for CRLs of the certificate's own issuer. A CRL that no distribution point of the
 * certificate names is taken as §6.3.3 has it: for one with the name of the certificate's issuer.
 *
 * Distribution points with a CRL issuer of their own are passed over, for they ask for indirect CRLs.
 */
export const scopeOf = (crl: Crl, certificate: Certificate): Scope => {
  const idp = crl.issuingDistributionPoint
  if (idp === undefined) return { reasons: allReasonFlags }
  if (idp.indirectCRL) return { outside: 'is an indirect CRL, which is not used here' }
  if (idp.onlyContainsAttributeCerts) return { outside: 'covers attribute certificates only' }
  const ca = certificate.basicConstraints?.ca ?? false
  if (idp.onlyContainsUserCerts && ca) return { outside: 'covers end-entity certificates only' }
  if (idp.onlyContainsCACerts && !ca) return { outside: 'covers CA certificates only' }
  const asked =
    idp.name === undefined ? allReasonFlags : reasonsAsked(namesOfCrl(crl, idp.name), reasonsByName(certificate))
  if (asked === undefined) return { outside: 'is of a distribution point that the certificate does not name' }
  return { reasons: asked & (idp.onlySomeReasons ?? allReasonFlags) & allReasonFlags }
}

/** The reasons for which the certificate asks one of these names; undefined where it names none of them: §6.3.3 (b)(2)(i). */
const reasonsAsked = (names: readonly string[], byName: ReadonlyMap<string, number>): number | undefined =>
  names.reduce<number | undefined>((asked, name) => {
    const reasons = byName.get(name)
    return reasons === undefined ? asked : (asked ?? 0) | reasons
  }, undefined)

/** Both sides of the comparison are made once for each object, since each may hold many thousand names. */
const namesByCrl = new WeakMap<Crl, readonly string[]>()
const reasonsByCertificate = new WeakMap<Certificate, ReadonlyMap<string, number>>()

const namesOfCrl = (crl: Crl, name: DistributionPointName): readonly string[] => {
  const known = namesByCrl.get(crl)
  if (known !== undefined) return known
  const names = keysOf(name, crl.issuer)
  namesByCrl.set(crl, names)
  return names
}

const reasonsByName = (certificate: Certificate): ReadonlyMap<string, number> => {
  const known = reasonsByCertificate.get(certificate)
  if (known !== undefined) return known
  const reasons = new Map([[keyOf({ type: 'directory', value: certificate.issuer }), allReasonFlags]])
  for (const point of distributionPointsOf(certificate)) {
    if (point.name === undefined || point.crlIssuer !== undefined) continue
    for (const key of keysOf(point.name, certificate.issuer)) {
      reasons.set(key, (reasons.get(key) ?? 0) | (point.reasons ?? allReasonFlags))
    }
  }
  reasonsByCertificate.set(certificate, reasons)
  return reasons
}

const distributionPointsOf = (certificate: Certificate): readonly DistributionPoint[] => {
  const extension = certificate.extension(extensionOids.cRLDistributionPoints)
  if (extension === undefined) return []
  const read = attempt(() => readDistributionPoints(extension.value))
  return read.ok ? read.value : []
}

/** The names in a form that can be compared. A relative name follows that of the CRL's issuer. */
const keysOf = (name: DistributionPointName, issuer: Name): readonly string[] => {
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
