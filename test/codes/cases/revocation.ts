import type { revocationCodes } from '#dist/core/model/codes/revocation.js'
import {
  basicConstraints,
  certSignAndCrlSign,
  type ExtensionSpec,
  extension,
  intermediate,
  keyPair,
  keyUsage,
  pemOf,
  root,
  server
} from '../../support/authority.ts'
import {
  authorityKey,
  crlNumber,
  crlOf,
  distributionPoints,
  flag,
  fullName,
  issuingDistributionPoint,
  reasonCode,
  uri
} from '../../support/crls.ts'
import { integer, nullValue, sequence } from '../../support/der-writer.ts'
import { ocspResponseOf } from '../../support/ocsp.ts'
import { base64, below, type CodeCases, ca, noExtension, serverExtensions } from '../code-case.ts'
import { places } from '../places.ts'

const serialNumber = 0x1234n
const certificate = (...extensions: readonly ExtensionSpec[]) =>
  server(ca, 'www.example.com', { serialNumber, extensions: [...serverExtensions, ...extensions] })
const leaf = certificate()
const crlText = (der: Uint8Array): string => pemOf(der, 'X509 CRL')
const list = (spec: Partial<Parameters<typeof crlOf>[0]> = {}): string => crlText(crlOf({ issuer: ca, ...spec }))
const required = { revocation: { mode: 'require' } } as const

export const revocationCases: CodeCases<keyof typeof revocationCodes> = {
  revoked: () => ({
    request: below([leaf], {
      crls: list({ entries: [{ serialNumber, revokedAt: '251201000000', extensions: [reasonCode(1)] }] })
    }),
    certificate: 0,
    message: 'The certificate was revoked on 2025-12-01T00:00:00Z (keyCompromise), as crls[0] says.',
    openssl: /certificate revoked/
  }),
  'revocation-unknown': () => ({
    request: below([leaf], required),
    certificate: 0,
    message: 'It is not known whether the certificate is revoked: there is no CRL of its issuer, and no OCSP response.',
    openssl: noExtension
  }),
  'revocation-stale': () => ({
    request: below([leaf], { crls: list({ thisUpdate: '251201000000', nextUpdate: '260101000000' }) }),
    certificate: 0,
    message:
      'It is not known whether the certificate is revoked: crls[0] is out of date, issued 2025-12-01T00:00:00Z, to be replaced by 2026-01-01T00:00:00Z.',
    openssl: /nextUpdate=Jan {2}1 00:00:00 2026 GMT/
  }),
  'revocation-unreachable': () => {
    const url = places.missing('/gone.crl')
    return {
      request: below([certificate(distributionPoints([fullName(uri(url))]))], {
        revocation: { mode: 'require', fetch: true }
      }),
      certificate: 0,
      message: `It is not known whether the certificate is revoked: ${url} answers with status 404.`,
      openssl: /URI:http:\/\/127\.0\.0\.1:\d+\/gone\.crl/
    }
  },
  'crl-invalid': () => ({
    // Signed with a key that is not the issuer's, as after a restore of an old backup.
    request: below([leaf], { crls: list({ key: keyPair() }) }),
    certificate: 0,
    warning: true,
    message: 'crls[0] has a signature that does not verify under the issuer’s key.',
    reference: 'RFC 5280 §6.3.3 (g)',
    openssl: /Certificate Revocation List/
  }),
  'crl-signer-not-found': () => {
    // The CA has signed with its next key.
    const next = root('Example CA')
    return {
      request: below([leaf], { crls: list({ key: next.key, extensions: [crlNumber(1), authorityKey(next.key)] }) }),
      certificate: 0,
      warning: true,
      message: /^crls\[0\] /,
      openssl: /Issuer: CN ?= ?Example CA/
    }
  },
  'crl-signer-not-valid': () => {
    // The certificate of the next key has expired.
    const next = intermediate(ca, 'Example CA', {
      notAfter: '260101000000',
      extensions: [basicConstraints(true), keyUsage(certSignAndCrlSign)]
    })
    return {
      request: below([leaf], {
        crls: list({ key: next.key, extensions: [crlNumber(1), authorityKey(next.key)] }),
        intermediates: next.pem
      }),
      certificate: 0,
      warning: true,
      message: /^crls\[0\] .*whose own path is not valid: The certificate expired on 2026-01-01T00:00:00Z/,
      openssl: /Issuer: CN ?= ?Example CA/
    }
  },
  'crl-scope-mismatch': () => ({
    // The CRL for certificates of CAs.
    request: below([leaf], { crls: list({ extensions: [crlNumber(1), issuingDistributionPoint(flag(2))] }) }),
    certificate: 0,
    warning: true,
    message: /^crls\[0\] /,
    openssl: /X509v3 Issuing Distribution Point: critical\s+Only CA Certificates/
  }),
  'ocsp-response-invalid': () => ({
    // The responder's clock is wrong: it is to be replaced before it was made.
    request: below([leaf], {
      ocspResponses: [base64(ocspResponseOf({ issuer: ca, singles: [{ serialNumber, nextUpdate: '20251231000000' }] }))]
    }),
    certificate: 0,
    warning: true,
    message: /^ocspResponses\[0\] /,
    reference: 'RFC 6960 §2.4',
    openssl: /Next Update: Dec 31/
  }),
  'ocsp-responder-not-authorized': () => {
    // The certificate of the responder lacks the purpose OCSPSigning.
    const responder = server(ca, 'ocsp.example.com')
    const response = ocspResponseOf({
      issuer: ca,
      signer: responder,
      certificates: [responder],
      singles: [{ serialNumber }]
    })
    return {
      request: below([leaf], { ocspResponses: [base64(response)] }),
      certificate: 0,
      warning: true,
      message: /^ocspResponses\[0\] /,
      openssl: /Responder Id: CN ?= ?ocsp\.example\.com/
    }
  },
  'staple-required': () => ({
    request: below([certificate(extension('1.3.6.1.5.5.7.1.24', sequence(integer(5))))], {
      crls: list(),
      purpose: 'serverAuth'
    }),
    certificate: 0,
    message: /^The certificate says that its server always staples an OCSP response/,
    openssl: /status_request/
  }),
  'no-rev-avail-conflict': () => ({
    request: below([
      certificate(
        extension('2.5.29.56', nullValue),
        distributionPoints([fullName(uri('http://crl.example.com/ca.crl'))])
      )
    ]),
    certificate: 0,
    message: /^The certificate has noRevAvail, which contradicts its cRLDistributionPoints: /,
    openssl: /2\.5\.29\.56|No Revocation Available/
  })
}
