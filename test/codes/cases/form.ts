import type { formCodes } from '#dist/core/model/codes/form.js'
import {
  alternativeNames,
  basicConstraints,
  certSignAndCrlSign,
  commonName,
  digitalSignature,
  extendedKeyUsage,
  extension,
  intermediate,
  issue,
  keyIdentifier,
  keyUsage,
  pemOf,
  root,
  server
} from '../../support/authority.ts'
import { explicit, hexBytes, integer, sequence, tlv } from '../../support/der-writer.ts'
import { below, type CodeCases, ca, noExtension, pemText, serverAuth, serverExtensions, time } from '../code-case.ts'

const leaf = server(ca, 'www.example.com')
const strict = { certificateRules: 'strict' } as const
const webpki = { profile: 'webpki' } as const
const emptyName = sequence()
const caExtensions = [basicConstraints(true), keyUsage(certSignAndCrlSign)]

/** The tag of a time becomes that of GeneralizedTime, its digits stay. */
const withTimes =
  (...times: readonly Uint8Array[]) =>
  (fields: Uint8Array[]): Uint8Array[] =>
    fields.map((field, at) => (at === 4 ? sequence(...times) : field))

export const formCases: CodeCases<keyof typeof formCodes> = {
  'pem-malformed': () => ({
    // The last lines of the intermediate were lost when it was copied.
    request: below([leaf], { intermediates: `${ca.pem}${intermediate(ca).pem.split('\n').slice(0, -3).join('\n')}\n` }),
    certificate: null,
    warning: true,
    message: /^The PEM block at line \d+ of intermediates cannot be read: it has no END line\.$/,
    openssl: /Total found: 2/
  }),
  'object-ignored': () => ({
    request: below([leaf], { chain: `${leaf.pem}${pemOf(sequence(integer(23), integer(5)), 'DH PARAMETERS')}` }),
    certificate: null,
    warning: true,
    message: /is not used: it is .*DH PARAMETERS/,
    openssl: /DH PARAMETERS/
  }),
  'certificate-malformed': () => ({
    // A relative distinguished name of no attributes.
    request: below([server(ca, 'www.example.com', { subject: sequence(tlv(0x31)) })]),
    certificate: 0,
    message: /^The certificate is not well formed: the subject/,
    openssl: /cons: SET/
  }),
  'encoding-not-distinguished': () => ({
    request: below([
      server(ca, 'www.example.com', {
        extensions: [...serverExtensions, extension('2.5.29.19', sequence(Uint8Array.of(1, 1, 0)), true)]
      })
    ]),
    certificate: 0,
    warning: true,
    message: /which DER does not allow; it can be read in one way only\.$/,
    openssl: /OBJECT\s+:X509v3 Basic Constraints/
  }),
  'version-unsupported': () => ({
    request: below([
      server(ca, 'www.example.com', { alter: (fields) => [explicit(0, integer(1)), ...fields.slice(1)] })
    ]),
    certificate: 0,
    message: 'The certificate has version 2: extensions are of version 3.',
    openssl: /Version: 2 \(0x1\)/
  }),
  'serial-number-invalid': () => ({
    request: below([server(ca, 'www.example.com', { serialNumber: 0n })], strict),
    certificate: 0,
    message: 'The serial number 00 is zero.',
    openssl: /^serial=00$/m
  }),
  'issuer-name-empty': () => {
    const nameless = root('', { subject: emptyName })
    return {
      request: below([server(nameless, 'www.example.com')], { caBundle: nameless.pem, ...strict }),
      certificate: 0,
      message: 'The certificate names no issuer.',
      openssl: /^issuer=\s*$/m
    }
  },
  'subject-name-empty': () => {
    const nameless = intermediate(ca, '', { subject: emptyName })
    return {
      request: below([server(nameless, 'www.example.com'), nameless], strict),
      certificate: 1,
      message: 'The certificate is that of a CA and names no subject.',
      openssl: /^subject=\s*$/m
    }
  },
  'validity-malformed': () => ({
    // Without seconds, as a script wrote them.
    request: below([
      server(ca, 'www.example.com', {
        alter: withTimes(tlv(0x17, Buffer.from('2501010000Z')), tlv(0x17, Buffer.from('3501010000Z')))
      })
    ]),
    certificate: 0,
    message: /^The validity period cannot be read: /,
    openssl: /notBefore=|Bad time value/
  }),
  'validity-encoding': () => ({
    request: below([server(ca, 'www.example.com', { notAfter: '20350101000000' })]),
    certificate: 0,
    warning: true,
    message: 'notAfter lies before 2050 and is a GeneralizedTime; it should be a UTCTime.',
    openssl: /GENERALIZEDTIME\s+:20350101000000Z/
  }),
  'extension-malformed': () => ({
    request: below([
      server(ca, 'www.example.com', { extensions: [extension('2.5.29.17', hexBytes('30 03 82 09 61'))] })
    ]),
    certificate: 0,
    message: /^The extension subjectAltName cannot be read: /,
    openssl: /X509v3 Subject Alternative Name/
  }),
  'extension-duplicate': () => ({
    request: below([
      server(ca, 'www.example.com', { extensions: [...serverExtensions, alternativeNames(['example.com'])] })
    ]),
    certificate: 0,
    message: 'The extension subjectAltName is there more than once, so it is not certain what it says.',
    openssl: /Subject Alternative Name[\s\S]*Subject Alternative Name/
  }),
  'extension-inconsistent': () => ({
    request: below(
      [server(ca, 'www.example.com', { extensions: [...serverExtensions.slice(1), keyUsage(certSignAndCrlSign)] })],
      strict
    ),
    certificate: 0,
    message: 'The extensions contradict each other: the key usage asserts keyCertSign, but cA is not TRUE.',
    reference: 'RFC 5280 §4.2.1.3',
    openssl: /Certificate Sign/
  }),
  'extension-not-allowed': () => {
    const limited = root('Example CA for servers', { extensions: [...caExtensions, extendedKeyUsage(serverAuth)] })
    return {
      request: below([server(limited, 'www.example.com')], { caBundle: limited.pem, ...webpki }),
      certificate: 1,
      message: 'The extension extKeyUsage must not be there: a root has no extended key usage.',
      reference: 'BR 7.1.2.1.2',
      openssl: /X509v3 Extended Key Usage/
    }
  },
  'extension-missing': () => ({
    request: below([server(ca, 'www.example.com', { extensions: [alternativeNames(['www.example.com'])] })], webpki),
    certificate: 0,
    message: 'The extension extKeyUsage is missing: server certificates have to state their purpose.',
    reference: 'BR 7.1.2.7.6',
    openssl: /X509v3 extensions/
  }),
  'extension-critical-unknown': () => ({
    // The poison of a precertificate (RFC 6962 §3.1).
    request: below([
      server(ca, 'www.example.com', {
        extensions: [...serverExtensions, extension('1.3.6.1.4.1.55555.1', hexBytes('0500'), true)]
      })
    ]),
    certificate: 0,
    message:
      'The extension 1.3.6.1.4.1.55555.1 is critical and not one that is understood here, so the certificate must not be used.',
    reference: 'RFC 5280 §6.1.5 (f)',
    openssl: /1\.3\.6\.1\.4\.1\.55555\.1: critical/
  }),
  'extension-criticality-wrong': () => {
    const issuing = intermediate(ca, 'Example Issuing CA', {
      extensions: [basicConstraints(true, undefined, false), keyUsage(certSignAndCrlSign)]
    })
    return {
      request: below([server(issuing, 'www.example.com'), issuing], strict),
      certificate: 1,
      message: 'The extension basicConstraints has to be critical.',
      reference: 'RFC 5280 §4.2.1.9',
      openssl: /X509v3 Basic Constraints: *\n/
    }
  },
  'authority-key-identifier-missing': () => ({
    request: below([server(ca, 'www.example.com', { keyIdentifiers: false })], strict),
    certificate: 0,
    message: 'The certificate is not self-signed and has no key identifier of its issuer.',
    openssl: noExtension
  }),
  'authority-key-identifier-invalid': () => ({
    request: below(
      [
        server(ca, 'www.example.com', {
          keyIdentifiers: false,
          extensions: [
            ...serverExtensions,
            extension('2.5.29.35', sequence(tlv(0x80, keyIdentifier(ca.key)), tlv(0xa1, explicit(4, ca.name))))
          ]
        })
      ],
      strict
    ),
    certificate: 0,
    message:
      'The authority key identifier is not as it must be: authorityCertIssuer and authorityCertSerialNumber have to be there both or neither.',
    openssl: /DirName:\/?CN ?= ?Example CA/
  }),
  'subject-key-identifier-missing': () => {
    const issuing = intermediate(ca, 'Example Issuing CA', { keyIdentifiers: false })
    return {
      request: below([server(issuing, 'www.example.com'), issuing], strict),
      certificate: 1,
      message: 'The certificate is that of a CA and has no subject key identifier.',
      openssl: noExtension
    }
  },
  'subject-alternative-name-missing': () => ({
    // The host name stands as common name alone.
    request: below(
      [issue({ subject: commonName('www.example.com'), issuer: ca, extensions: serverExtensions.slice(0, 2) })],
      webpki
    ),
    certificate: 0,
    message: 'The certificate has no subject alternative name: server certificates have their names there.',
    reference: 'BR 7.1.2.7.12',
    openssl: noExtension
  }),
  'subject-alternative-name-invalid': () => ({
    request: {
      time,
      chain: pemText(
        server(ca, 'www.example.com', {
          extensions: [
            keyUsage(digitalSignature),
            extendedKeyUsage(serverAuth),
            alternativeNames(['https://www.example.com'])
          ]
        })
      ),
      caBundle: ca.pem,
      ...strict
    },
    certificate: 0,
    message: /^The subject alternative name https:\/\/www\.example\.com /,
    openssl: /DNS:https:\/\/www\.example\.com/
  })
}
