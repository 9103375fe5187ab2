import { type ExtensionSpec, extension } from './authority.ts'
import { fullName, uri } from './crls.ts'
import { oid, sequence } from './der-writer.ts'

/** Extensions that say where evidence is. */

/** One distribution point for each list of places. */
export const crlDistributionPoints = (...points: readonly (readonly string[])[]): ExtensionSpec =>
  extension('2.5.29.31', sequence(...points.map((urls) => sequence(fullName(...urls.map(uri))))))

export const freshestCrl = (...urls: readonly string[]): ExtensionSpec =>
  extension('2.5.29.46', sequence(sequence(fullName(...urls.map(uri)))))

export const authorityInfoAccess = (places: {
  readonly ocsp?: readonly string[]
  readonly caIssuers?: readonly string[]
}): ExtensionSpec => {
  const described = (method: string, urls: readonly string[] = []): readonly Uint8Array[] =>
    urls.map((url) => sequence(oid(method), uri(url)))
  return extension(
    '1.3.6.1.5.5.7.1.1',
    sequence(...described('1.3.6.1.5.5.7.48.1', places.ocsp), ...described('1.3.6.1.5.5.7.48.2', places.caIssuers))
  )
}
