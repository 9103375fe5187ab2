import type { usageCodes } from '#dist/core/model/codes/usage.js'
import {
  basicConstraints,
  certSignAndCrlSign,
  extendedKeyUsage,
  intermediate,
  keyUsage,
  server
} from '../../support/authority.ts'
import { below, type CodeCases, ca, serverExtensions } from '../code-case.ts'

const emailProtection = '1.3.6.1.5.5.7.3.4'
const issuing = intermediate(ca, 'Example Issuing CA')
const direct = server(ca, 'www.example.com')

export const usageCases: CodeCases<keyof typeof usageCodes> = {
  'issuer-not-ca': () => {
    // The certificate of a server signed that of another.
    const first = server(ca, 'first.example.com')
    return {
      request: below([server(first, 'www.example.com'), first]),
      certificate: 1,
      message:
        'The certificate has issued another one of the path and is not that of a CA: it has no basicConstraints, which would say so.',
      openssl: /Digital Signature/
    }
  },
  'path-length-exceeded': () => {
    const upper = intermediate(ca, 'Example Upper CA', {
      extensions: [basicConstraints(true, 0), keyUsage(certSignAndCrlSign)]
    })
    const lower = intermediate(upper, 'Example Lower CA')
    return {
      request: below([server(lower, 'www.example.com'), lower, upper]),
      certificate: 1,
      message:
        'Certificate 2 of the path allows no intermediate certificates between itself and the end entity; this one is one too many.',
      openssl: /CA:TRUE, pathlen:0/
    }
  },
  'path-too-long': () => ({
    request: below([server(issuing, 'www.example.com'), issuing], { maxIntermediates: 0 }),
    certificate: null,
    message: 'The path has 1 intermediate certificate that count, and the request allows 0 (maxIntermediates).',
    openssl: /^2$/m
  }),
  'cert-sign-not-allowed': () => {
    const mute = intermediate(ca, 'Example Issuing CA', { extensions: [basicConstraints(true), keyUsage('01 02')] })
    return {
      request: below([server(mute, 'www.example.com'), mute]),
      certificate: 1,
      message: 'The certificate has issued another one of the path, and its key usage is cRLSign without keyCertSign.',
      openssl: /CA:TRUE[\s\S]*CRL Sign/
    }
  },
  'key-usage-mismatch': () => ({
    request: below([direct], { keyUsage: ['keyEncipherment'] }),
    certificate: 0,
    message: 'The request asks for the key usage keyEncipherment, and the certificate asserts only digitalSignature.',
    openssl: /Digital Signature/
  }),
  'end-entity-is-ca': () => ({
    // As openssl req -x509 makes it.
    request: below([server(ca, 'www.example.com', { extensions: [...serverExtensions, basicConstraints(true)] })], {
      profile: 'webpki'
    }),
    certificate: 0,
    message: 'The certificate is that of a CA (cA TRUE or keyCertSign), and a TLS server must not have such a one.',
    openssl: /CA:TRUE/
  }),
  'purpose-not-allowed': () => ({
    request: below([direct], { purpose: 'clientAuth' }),
    certificate: 0,
    message: 'The certificate may not be used for clientAuth; its extended key usage allows serverAuth.',
    openssl: /TLS Web Server Authentication/
  }),
  'purpose-not-allowed-by-issuer': () => {
    const mail = intermediate(ca, 'Example Mail CA', {
      extensions: [basicConstraints(true), keyUsage(certSignAndCrlSign), extendedKeyUsage(emailProtection)]
    })
    return {
      request: below([server(mail, 'www.example.com'), mail], { purpose: 'serverAuth' }),
      certificate: 1,
      message:
        'Certificates below this CA may not be used for serverAuth; its extended key usage allows emailProtection.',
      openssl: /E-mail Protection/
    }
  }
}
