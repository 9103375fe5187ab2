import type { pathCodes } from '#dist/core/model/codes/path.js'
import { extension, intermediate, issue, root, server } from '../../support/authority.ts'
import { oid, sequence, tlv } from '../../support/der-writer.ts'
import { below, type CodeCases, ca, noExtension, pemText, serverExtensions, time } from '../code-case.ts'
import { places } from '../places.ts'

const issuing = intermediate(ca, 'Example Issuing CA')
const leaf = server(issuing, 'www.example.com')
const direct = server(ca, 'www.example.com')
const stranger = root('Stranger CA')

/** Those that go through HTTP: no search puts together a path whose names do not meet. */
type SearchedCode = Exclude<keyof typeof pathCodes, 'name-chaining-broken'>

export const pathCases: CodeCases<SearchedCode> = {
  'issuer-not-found': () => ({
    request: below([leaf]),
    certificate: 0,
    message:
      'The issuer CN=Example Issuing CA of this certificate was not found among the certificates sent or the trust anchors.',
    openssl: /Issuer: CN ?= ?Example Issuing CA/
  }),
  'self-signed-not-trusted': () => ({
    request: below([issue({ subject: 'www.example.com', extensions: serverExtensions })]),
    certificate: 0,
    message: 'The certificate CN=www.example.com is self-signed, and nobody has declared it trusted.',
    openssl: /subject=CN ?= ?www\.example\.com\s+issuer=CN ?= ?www\.example\.com/
  }),
  'root-not-trusted': () => ({
    request: below([server(stranger, 'www.example.com'), stranger]),
    certificate: 1,
    message: 'The path ends at the root CN=Stranger CA, which is not among the trust anchors.',
    openssl: /self[- ]signed certificate in certificate chain/
  }),
  'key-identifier-mismatch': () => {
    // The chain holds the CA's certificate of its next key.
    const next = intermediate(ca, 'Example Issuing CA')
    return {
      request: below([leaf, next]),
      certificate: 0,
      warning: true,
      message:
        /^chain\[1\] has the issuer’s name, but its key [0-9a-f]{40} is not [0-9a-f]{40}, which signed this certificate\.$/,
      openssl: /X509v3 Authority Key Identifier/
    }
  },
  'path-loop': () => {
    // Two CAs that certify each other, and no root.
    const one = root('One CA')
    const other = root('Other CA')
    const oneByOther = intermediate(other, 'One CA', { key: one.key })
    const otherByOne = intermediate(one, 'Other CA', { key: other.key })
    return {
      request: below([server(one, 'www.example.com'), oneByOther, otherByOne]),
      certificate: 2,
      warning: true,
      message: 'The path would come back to the CA of chain[1].',
      openssl: /Issuer: CN ?= ?Other CA[\s\S]*Issuer: CN ?= ?One CA/
    }
  },
  'limit-reached': () => {
    // A bundle of CAs that go on longer than a path may.
    const line = [ca]
    for (let depth = 0; depth < 34; depth++) line.unshift(intermediate(line[0] ?? ca, `CA ${depth}`))
    return {
      request: below([server(line[0] ?? ca, 'www.example.com'), ...line.slice(0, -1)]),
      certificate: null,
      message: 'The validation was ended at the limit pathDepth of 32, so there is no certain verdict.',
      openssl: /^35$/m
    }
  },
  'fetching-unavailable': () => ({
    request: below([direct], { fetchIssuers: true }),
    offline: true,
    certificate: null,
    warning: true,
    message: 'The request allows fetching, but fetching is switched off in this service: only what was sent was used.',
    openssl: noExtension
  }),
  'intermediate-fetched': () => {
    const url = places.serve('/issuing.der', issuing.der)
    const caIssuers = extension(
      '1.3.6.1.5.5.7.1.1',
      sequence(sequence(oid('1.3.6.1.5.5.7.48.2'), tlv(0x86, Buffer.from(url))))
    )
    return {
      request: below([server(issuing, 'www.example.com', { extensions: [...serverExtensions, caIssuers] })], {
        fetchIssuers: true
      }),
      certificate: 1,
      warning: true,
      message: `The certificate of CN=Example Issuing CA was not sent; it was fetched from ${url}.`,
      openssl: /CA Issuers - URI:http:\/\/127\.0\.0\.1/
    }
  },
  'not-yet-valid': () => ({
    // The clock was not set after a start.
    request: { ...below([direct]), time: '2000-01-01T00:00:00Z', caBundle: ca.pem, anchorRules: { validity: false } },
    certificate: 0,
    message: 'The certificate is valid from 2025-01-01T00:00:00Z, 9132 days after the time of validation.',
    openssl: /notBefore=Jan {2}1 00:00:00 2025 GMT/
  }),
  expired: () => {
    const old = intermediate(ca, 'Example Issuing CA', { notAfter: '260101000000' })
    return {
      request: { time, chain: pemText(server(old, 'www.example.com'), old), caBundle: ca.pem },
      certificate: 1,
      message: 'The certificate expired on 2026-01-01T00:00:00Z, 14 days before the time of validation.',
      openssl: /notAfter=Jan {2}1 00:00:00 2026 GMT/
    }
  }
}
