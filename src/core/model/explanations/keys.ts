import type { keyCodes } from '../codes/keys.ts'
import { check, type Explanation, showCertificate } from '../explanation.ts'

const algorithmOf = `${showCertificate} | grep 'Signature Algorithm'`
const keyOf = 'openssl x509 -in cert.pem -noout -pubkey | openssl pkey -pubin -noout -text'

export const keyExplanations: Readonly<Record<keyof typeof keyCodes, Explanation>> = {
  'signature-invalid': {
    meaning:
      'The key above did not sign this certificate as it is now: it is another key, or the certificate was changed.',
    causes: [
      'The CA was made anew with the same name, and the certificate is of its old key.',
      'The certificate was changed after it had been signed.'
    ],
    check: check(`openssl verify -partial_chain -trusted issuer.pem cert.pem`, 'certificate signature failure.'),
    names: {
      go: 'x509: ECDSA verification failure; crypto/rsa: verification error',
      java: 'CertPathValidatorException: INVALID_SIGNATURE',
      dotnet: 'NotSignatureValid',
      chromium: 'ERR_CERT_AUTHORITY_INVALID',
      firefox: 'SEC_ERROR_BAD_SIGNATURE'
    }
  },
  'signature-algorithm-unsupported': {
    meaning: 'The algorithm is not one that can be verified here, or too broken to be verified at all, as MD2 and MD4.',
    causes: ['The CA signs with an algorithm of its country or of a draft.', 'The certificate is from the nineties.'],
    check: check(algorithmOf, 'An OID, or a name that is not of RSA, ECDSA, EdDSA or DSA.'),
    names: {
      go: 'x509: cannot verify signature: algorithm unimplemented',
      java: 'CertPathValidatorException: ALGORITHM_CONSTRAINED',
      firefox: 'SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED'
    }
  },
  'signature-algorithm-weak': {
    meaning:
      'With SHA-1 or MD5 somebody can make two certificates with one signature, so the signature proves too little.',
    causes: [
      'The CA has an old configuration with default_md = sha1.',
      'An appliance makes its own certificates, and is old.'
    ],
    check: check(algorithmOf, 'sha1With… or md5With….'),
    names: {
      go: 'x509: cannot verify signature: insecure algorithm SHA1-RSA',
      java: 'CertPathValidatorException: ALGORITHM_CONSTRAINED',
      dotnet: 'HasWeakSignature',
      chromium: 'ERR_CERT_WEAK_SIGNATURE_ALGORITHM',
      firefox: 'SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED'
    }
  },
  'signature-algorithm-mismatch': {
    meaning:
      'The algorithm stands in a certificate twice, and only one of the two is signed. Where they differ, somebody may have changed the other.',
    causes: ['A tool of its own put the certificate together from parts.'],
    check: check(algorithmOf, 'Two lines that differ.'),
    names: {
      go: "x509: inner and outer signature algorithm identifiers don't match",
      java: 'CertificateException: Signature algorithm mismatch',
      firefox: 'MOZILLA_PKIX_ERROR_SIGNATURE_ALGORITHM_MISMATCH'
    }
  },
  'signature-hash-mismatch': {
    meaning:
      'The signature verifies. Public CAs have to take the hash that is as strong as the curve, and some clients hold them to it.',
    causes: ['The CA signs with default_md = sha256 and a key on P-384.'],
    check: check(algorithmOf, 'ecdsa-with-SHA256 where the issuer has a key on P-384.')
  },
  'public-key-weak': {
    meaning: 'The key is so short that whoever pays for it may find its private key.',
    causes: ['The key is RSA of 1024 bits, as was usual until about 2010.', 'A device has no room for a longer one.'],
    check: check(keyOf, 'Public-Key: (1024 bit).'),
    names: {
      go: 'crypto/rsa: 512-bit keys are insecure',
      java: 'CertPathValidatorException: ALGORITHM_CONSTRAINED',
      dotnet: 'HasWeakSignature',
      chromium: 'ERR_CERT_WEAK_KEY',
      firefox: 'MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE'
    }
  },
  'public-key-malformed': {
    meaning: 'The key in the certificate is none of its kind: no signature could be verified with it.',
    causes: ['A tool of its own wrote it.', 'The certificate was damaged in a place that DER does not notice.'],
    check: check(keyOf, 'That the key cannot be read.'),
    names: {
      go: 'x509: failed to unmarshal elliptic curve point',
      java: 'InvalidKeyException',
      firefox: 'SEC_ERROR_INVALID_KEY'
    }
  },
  'public-key-unsupported': {
    meaning:
      'The key is well formed, but of a kind or size that is not accepted: on a curve other than P-256, P-384 and P-521, or above the limit.',
    causes: [
      'The key was made on secp256k1 or a Brainpool curve.',
      'The key is RSA of 16384 bits, which costs too much to verify.'
    ],
    check: check(keyOf, 'ASN1 OID: the curve; or the number of bits.'),
    names: {
      go: 'x509: unsupported elliptic curve',
      java: 'InvalidKeyException',
      firefox: 'SEC_ERROR_UNSUPPORTED_ELLIPTIC_CURVE'
    }
  }
}
