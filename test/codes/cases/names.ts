import type { identityCodes } from '#dist/core/model/codes/identity.js'
import type { nameConstraintCodes } from '#dist/core/model/codes/name-constraints.js'
import {
  alternativeNames,
  basicConstraints,
  certSignAndCrlSign,
  digitalSignature,
  dnsName,
  type ExtensionSpec,
  extendedKeyUsage,
  extension,
  type Issued,
  intermediate,
  keyUsage,
  server
} from '../../support/authority.ts'
import { explicit, integer, oid, sequence, tlv } from '../../support/der-writer.ts'
import { below, type CodeCase, type CodeCases, ca, serverAuth } from '../code-case.ts'

const constrained = (constraints: Uint8Array): Issued =>
  intermediate(ca, 'Example Issuing CA', {
    extensions: [basicConstraints(true), keyUsage(certSignAndCrlSign), extension('2.5.29.30', constraints, true)]
  })
const permitting = (...names: readonly Uint8Array[]): Uint8Array =>
  sequence(explicit(0, ...names.map((name) => sequence(name))))
const excluding = (...names: readonly Uint8Array[]): Uint8Array =>
  sequence(explicit(1, ...names.map((name) => sequence(name))))
const named = (...names: readonly (string | Uint8Array)[]): readonly ExtensionSpec[] => [
  keyUsage(digitalSignature),
  extendedKeyUsage(serverAuth),
  alternativeNames(names)
]
const text = (tag: number, value: string): Uint8Array => tlv(tag, Buffer.from(value, 'latin1'))
const otherName = explicit(0, oid('1.3.6.1.4.1.311.20.2.3'), explicit(0, text(0x0c, 'a@example.com')))

const constraintCase = (constraints: Uint8Array, names: readonly (string | Uint8Array)[]) => {
  const issuing = constrained(constraints)
  return below([server(issuing, 'www.example.com', { extensions: named(...names) }), issuing])
}

export const nameConstraintCases: CodeCases<keyof typeof nameConstraintCodes> = {
  'name-not-permitted': () => ({
    request: constraintCase(permitting(dnsName('department.example.com')), ['www.example.com']),
    certificate: 0,
    message:
      'The DNS name www.example.com lies outside the names that certificate 1 of the path permits (department.example.com).',
    openssl: /Permitted:\s+DNS:department\.example\.com/
  }),
  'name-excluded': () => ({
    request: constraintCase(excluding(dnsName('example.com')), ['www.example.com']),
    certificate: 0,
    message:
      'The DNS name www.example.com lies within the names that certificate 1 of the path excludes (example.com).',
    openssl: /Excluded:\s+DNS:example\.com/
  }),
  'name-constraint-unsupported': () => ({
    request: constraintCase(excluding(otherName), [otherName]),
    certificate: 0,
    message:
      /^The name otherName 1\.3\.6\.1\.4\.1\.311\.20\.2\.3.* cannot be held against the name constraints of certificate 1 of the path: /,
    openssl: /Excluded:\s+othername/
  }),
  'name-constraint-malformed': () => ({
    // With a minimum, which is always 0 and never written.
    request: constraintCase(
      sequence(explicit(0, sequence(dnsName('example.com'), tlv(0x80, integer(1).subarray(2))))),
      ['www.example.com']
    ),
    certificate: 1,
    message: /^The name constraints cannot be read: /,
    openssl: /X509v3 Name Constraints: critical/
  })
}

const asked = (names: readonly (string | Uint8Array)[], options: Parameters<typeof below>[1]) =>
  below([server(ca, 'www.example.com', { extensions: named(...names) })], options)

const wildcard = (): CodeCase => ({
  request: asked(['www*.example.com'], { hostname: 'www1.example.com' }),
  certificate: 0,
  message: /^The subject alternative name www\*\.example\.com does not match www1\.example\.com: it /,
  openssl: /DNS:www\*\.example\.com/
})

export const identityCases: CodeCases<keyof typeof identityCodes> = {
  'hostname-mismatch': () => ({
    request: asked(['www.example.com'], { hostname: 'example.com' }),
    certificate: 0,
    message: 'The certificate is not for example.com: it is for www.example.com.',
    openssl: /DNS:www\.example\.com/
  }),
  'ip-address-mismatch': () => ({
    // The address was written as a DNS name.
    request: asked(['192.0.2.1'], { hostname: '192.0.2.1' }),
    certificate: 0,
    message:
      'The certificate is not for the IP address 192.0.2.1: it has no subject alternative name that is an IP address.',
    openssl: /DNS:192\.0\.2\.1/
  }),
  'email-mismatch': () => ({
    request: asked([text(0x81, 'Alice@example.com')], { names: [{ type: 'email', value: 'alice@example.com' }] }),
    certificate: 0,
    message: 'The certificate is not for the email address alice@example.com: it is for Alice@example.com.',
    openssl: /email:Alice@example\.com/
  }),
  'uri-mismatch': () => ({
    request: asked([text(0x86, 'spiffe://example.com/web')], {
      names: [{ type: 'uri', value: 'spiffe://example.com/api' }]
    }),
    certificate: 0,
    message: 'The certificate is not for the URI spiffe://example.com/api: it is for spiffe://example.com/web.',
    openssl: /URI:spiffe:\/\/example\.com\/web/
  }),
  'wildcard-not-allowed': wildcard,
  'common-name-not-in-san': () => ({
    request: below([server(ca, 'WWW.example.com', { extensions: named('www.example.com') })], { profile: 'webpki' }),
    certificate: 0,
    message:
      'The common name WWW.example.com is not a character-for-character copy of a subject alternative name of its kind (www.example.com).',
    openssl: /CN ?= ?WWW\.example\.com[\s\S]*DNS:www\.example\.com/
  })
}
