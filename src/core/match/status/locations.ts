import { accessDescriptions } from '../../decode/certificate/access-descriptions.ts'
import { readDistributionPoints } from '../../decode/certificate/distribution-points.ts'
import { attempt } from '../../decode/der/der.ts'
import { readGeneralName } from '../../decode/name/general-name.ts'
import type { Certificate } from '../../model/certificate.ts'
import type { GeneralName } from '../../model/name.ts'
import { extensionOids as oids } from '../../model/oids.ts'

/** RFC 5280 §4.2.2.1 */
const accessMethods = { ocsp: '1.3.6.1.5.5.7.48.1', caIssuers: '1.3.6.1.5.5.7.48.2' } as const

/** Places of one kind that a certificate is heard about: it may have been made to name a million. */
const mostPlaces = 4

/** Where OCSP responders are that know of the certificate. */
export const responderUrls = (certificate: Certificate): readonly string[] =>
  accessUrls(certificate, accessMethods.ocsp)

/** Where certificates of the certificate's issuer are. */
export const issuerUrls = (certificate: Certificate): readonly string[] =>
  accessUrls(certificate, accessMethods.caIssuers)

/**
 * Where CRLs are that may list the certificate: for each distribution point its places, which all have the same CRL (RFC 5280
 * §4.2.1.13), and after them those of delta CRLs (§4.2.1.15).
 */
export const crlUrls = (certificate: Certificate): readonly (readonly string[])[] =>
  [oids.cRLDistributionPoints, oids.freshestCRL].flatMap((oid) => {
    const extension = certificate.extension(oid)
    const points = extension && attempt(() => readDistributionPoints(extension.value))
    if (points?.ok !== true) return []
    return points.value
      .map(({ name }) => (name?.type === 'full' ? urlsAmong(name.names) : []))
      .filter((urls) => urls.length > 0)
      .slice(0, mostPlaces)
  })

const accessUrls = (certificate: Certificate, wanted: string): readonly string[] => {
  const extension = certificate.extension(oids.authorityInfoAccess)
  if (extension === undefined) return []
  const names = attempt(() => {
    const found: GeneralName[] = []
    for (const { method, rest } of accessDescriptions(extension.value)) {
      if (method === wanted) found.push(readGeneralName(rest.element(), 'accessLocation', 'name'))
    }
    return found
  })
  return names.ok ? urlsAmong(names.value) : []
}

/**
 * LDAP, which directories of Windows name first, is not spoken. What is longer than a URL is, or has characters that none has
 * (RFC 3986 §2), is no place, and is not repeated in an answer.
 */
const urlsAmong = (names: readonly GeneralName[]): readonly string[] => {
  const urls = names.flatMap((name) =>
    name.type === 'uri' && /^https?:[!-~]{1,2000}$/i.test(name.value) ? [name.value] : []
  )
  return [...new Set(urls)].slice(0, mostPlaces)
}
