import type { formCodes } from '../codes/form.ts'
import { check, type Explanation, showCertificate } from '../explanation.ts'
import type { extensionExplanations } from './extensions.ts'

type FormCode = Exclude<keyof typeof formCodes, keyof typeof extensionExplanations>

/** Faults of form, but for those of extensions. */
export const formExplanations: Readonly<Record<FormCode, Explanation>> = {
  'pem-malformed': {
    meaning: 'Text between a BEGIN and an END line is not what PEM allows, so nothing is there to be validated.',
    causes: [
      'A block was copied without its last lines, or through something that breaks or indents lines.',
      'The BEGIN and END lines differ, or a character was lost in a form or a variable.'
    ],
    check: check('openssl storeutl -noout -certs chain.pem', 'The number of certificates that can be read.'),
    names: { go: 'pem.Decode returns nil', java: 'CertificateException: Incomplete data' }
  },
  'object-ignored': {
    meaning:
      'A file holds things beside certificates, or one that is not a certificate at all. They play no part in the verdict.',
    causes: ['A file of a server often holds DH parameters or a key beside its certificates.'],
    check: check("grep -e '-----BEGIN' chain.pem", 'The kind of every block.')
  },
  'certificate-malformed': {
    meaning: 'The octets are not a certificate by DER, so it is not certain what they say.',
    causes: [
      'The file was cut off, or changed by a transfer as text.',
      'A tool of its own wrote it, with lengths or tags that are wrong.'
    ],
    check: check('openssl asn1parse -in cert.pem', 'Where the structure ends or breaks.'),
    names: { go: 'x509: malformed certificate', java: 'CertificateParsingException', firefox: 'SEC_ERROR_BAD_DER' }
  },
  'encoding-not-distinguished': {
    meaning:
      'DER has one encoding for each value, and this is another one that says the same. Strict software refuses it.',
    causes: ['The issuer writes certificates with software that encodes by BER, or keeps default values.'],
    check: check('openssl asn1parse -in cert.pem', 'Default values that are written out, such as BOOLEAN 0.'),
    names: { firefox: 'SEC_ERROR_BAD_DER' }
  },
  'version-unsupported': {
    meaning: 'Version 3 alone has extensions; a certificate that says another version and has them contradicts itself.',
    causes: [
      'OpenSSL makes version 1 where no extensions file is given, and a tool added extensions without the version.',
      'A script sets the version to 3, which is encoded as 2.'
    ],
    check: check(`${showCertificate} | grep Version`, 'Version: 3 (0x2) is the one that can have extensions.'),
    names: { go: 'x509: malformed version', java: 'CertificateParsingException', firefox: 'SEC_ERROR_BAD_DER' }
  },
  'serial-number-invalid': {
    meaning:
      'Serial numbers are positive and have 20 octets at most. Revocation goes by them, so they have to be distinct and well formed.',
    causes: [
      'Random octets were taken as they are, so that the highest bit makes the number negative.',
      'A CA counts from 0.'
    ],
    check: check('openssl x509 -in cert.pem -noout -serial', 'A sign, 00, or more than 40 digits.'),
    names: { go: 'x509: negative serial number', firefox: 'MOZILLA_PKIX_ERROR_INVALID_INTEGER_ENCODING' }
  },
  'issuer-name-empty': {
    meaning: 'A path is found by names; without the name of an issuer nothing can be found above the certificate.',
    causes: ['The CA was made with an empty subject, as by openssl req -subj /.'],
    check: check('openssl x509 -in cert.pem -noout -issuer', 'Nothing behind issuer=.'),
    names: { firefox: 'MOZILLA_PKIX_ERROR_EMPTY_ISSUER_NAME' }
  },
  'subject-name-empty': {
    meaning: 'Certificates below a CA name it by its subject, so that of a CA must not be empty.',
    causes: ['The CA was made with an empty subject, as by openssl req -subj /.'],
    check: check('openssl x509 -in cert.pem -noout -subject', 'Nothing behind subject=.')
  },
  'validity-malformed': {
    meaning: 'When the certificate is valid cannot be read, so it is valid at no time.',
    causes: [
      'A tool of its own wrote times without seconds, with an offset, or with a month or day that is not there.'
    ],
    check: check('openssl x509 -in cert.pem -noout -dates', 'Bad time value.'),
    names: { go: 'x509: malformed UTCTime', java: 'CertificateParsingException', firefox: 'SEC_ERROR_INVALID_TIME' }
  },
  'validity-encoding': {
    meaning:
      'Times before 2050 are to be written as UTCTime. It can be read all the same, and strict software refuses it.',
    causes: ['The issuer writes all times as GeneralizedTime.'],
    check: check('openssl asn1parse -in cert.pem | grep -e GENERALIZEDTIME -e UTCTIME', 'GENERALIZEDTIME before 2050.')
  },
  'authority-key-identifier-missing': {
    meaning:
      'Without the key identifier of its issuer it takes guesses to find the right one among several of the same name.',
    causes: ['The certificate was issued without authorityKeyIdentifier in the extensions file.'],
    check: check('openssl x509 -in cert.pem -noout -ext authorityKeyIdentifier', 'Nothing, or that there are none.')
  },
  'authority-key-identifier-invalid': {
    meaning: 'The extension names its issuer in a way that the rules do not allow.',
    causes: ['authorityKeyIdentifier=keyid,issuer:always writes issuer and serial number beside the key identifier.'],
    check: check(
      'openssl x509 -in cert.pem -noout -ext authorityKeyIdentifier',
      'DirName and serial beside the key identifier.'
    )
  },
  'subject-key-identifier-missing': {
    meaning:
      'The key identifier of a CA tells its certificates apart when its key is changed; each of them must have one.',
    causes: ['The CA was made without subjectKeyIdentifier=hash in the extensions file.'],
    check: check('openssl x509 -in cert.pem -noout -ext subjectKeyIdentifier', 'Nothing, or that there are none.')
  },
  'subject-alternative-name-missing': {
    meaning: 'A certificate is for its alternative names; without any it is for nobody.',
    causes: [
      'Only the common name was set, which no current software looks at.',
      'The subject is empty, and no name stands in its place.'
    ],
    check: check('openssl x509 -in cert.pem -noout -ext subjectAltName', 'Nothing, or that there are none.'),
    names: {
      go: 'x509: certificate relies on legacy Common Name field, use SANs instead',
      chromium: 'ERR_CERT_COMMON_NAME_INVALID',
      firefox: 'SSL_ERROR_BAD_CERT_DOMAIN'
    }
  },
  'subject-alternative-name-invalid': {
    meaning: 'A name is not of the form that its type has, so it may be read in more than one way.',
    causes: [
      'An address or a URL stands as DNS name, as in DNS:https://www.example.com.',
      'A name has spaces, a port, an underscore or letters beyond ASCII in it.'
    ],
    check: check('openssl x509 -in cert.pem -noout -ext subjectAltName', 'A name that is not of its type.'),
    names: { go: 'x509: SAN dNSName is malformed', java: 'CertificateParsingException', firefox: 'SEC_ERROR_BAD_DER' }
  }
}
