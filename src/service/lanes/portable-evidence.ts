import { readCertificate } from '../../core/decode/certificate/certificate.ts'
import { readOcspResponse } from '../../core/decode/ocsp/ocsp-response.ts'
import type { Crl } from '../../core/model/crl.ts'
import type { Limits } from '../../core/model/limits.ts'
import type { Unreachable } from '../../core/model/revocation.ts'
import type { Gathered, Want } from '../../core/model/wanted.ts'
import { readAgain } from './read-again.ts'

/** Octets and where they came from. */
interface Sourced {
  readonly der: Uint8Array
  readonly source: string
}

/** What was gathered, as plain data. CRLs may be large, so a worker is told of each once, and knows them by number. */
export interface PortableGathered {
  readonly issuers: readonly Sourced[]
  readonly crls: readonly { readonly id: number; readonly source: string }[]
  readonly ocspResponses: readonly Sourced[]
  readonly unreachable: ReadonlyMap<string, readonly Unreachable[]>
}

export const packGathered = (
  { issuers, crls, ocspResponses, unreachable }: Gathered,
  idOf: (crl: Crl) => number
): PortableGathered => ({
  issuers: issuers.map(({ certificate, source }) => ({ der: certificate.der, source })),
  crls: crls.map(({ crl, source }) => ({ id: idOf(crl), source })),
  ocspResponses: ocspResponses.map(({ response, source }) => ({ der: response.der, source })),
  unreachable
})

export const unpackGathered = (
  { issuers, crls, ocspResponses, unreachable }: PortableGathered,
  crlOf: (id: number) => Crl,
  limits: Limits
): Gathered => ({
  issuers: issuers.map(({ der, source }) => ({ certificate: readAgain(readCertificate(der)), source })),
  crls: crls.map(({ id, source }) => ({ crl: crlOf(id), source })),
  ocspResponses: ocspResponses.map(({ der, source }) => ({
    response: readAgain(readOcspResponse(der, limits)),
    source
  })),
  unreachable
})

type Portable<W> = W extends Want
  ? { readonly [K in keyof W]: K extends 'certificate' | 'issuer' ? Uint8Array : W[K] }
  : never

/** What a validation wants, with certificates as DER. */
export type PortableWant = Portable<Want>

export const packWant = (want: Want): PortableWant =>
  want.kind === 'issuer'
    ? { ...want, certificate: want.certificate.der }
    : { ...want, certificate: want.certificate.der, issuer: want.issuer.der }

export const unpackWant = (want: PortableWant): Want =>
  want.kind === 'issuer'
    ? { ...want, certificate: readAgain(readCertificate(want.certificate)) }
    : {
        ...want,
        certificate: readAgain(readCertificate(want.certificate)),
        issuer: readAgain(readCertificate(want.issuer))
      }
