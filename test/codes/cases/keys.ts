import { generateKeyPairSync } from 'node:crypto'
import type { keyCodes } from '#dist/core/model/codes/keys.js'
import { type Issued, issue, keyPair, pemOf, root, server } from '../../support/authority.ts'
import { hexBytes, oid, sequence, spkiOf } from '../../support/der-writer.ts'
import { below, type CodeCases, ca, serverExtensions } from '../code-case.ts'
import { signedWith } from '../signing.ts'

const sha1WithRsa = sequence(oid('1.2.840.113549.1.1.5'), hexBytes('0500'))
const wide = root('Example CA on P-384', { key: 'p384' })

const leafWith = (spki: Uint8Array): Issued =>
  server(ca, 'www.example.com', { key: { privateKey: keyPair().privateKey, spki } })

/** The signature's algorithm of the outer part, and not that which was signed, is another one. */
const relabelled = (): Issued => {
  const whole = server(ca, 'www.example.com')
  const inner = sequence(oid('1.2.840.10045.4.3.2'))
  const outer = sequence(oid('1.2.840.10045.4.3.3'))
  const at = Buffer.from(whole.der).lastIndexOf(inner)
  const der = Uint8Array.from(whole.der)
  der.set(outer, at)
  return { ...whole, der, pem: pemOf(der) }
}

export const keyCases: CodeCases<keyof typeof keyCodes> = {
  'signature-invalid': () => {
    // The CA was made anew under its name, and the certificate is of its old key.
    const before = root('Example CA', { keyIdentifiers: false })
    const old = server(before, 'www.example.com', { keyIdentifiers: false })
    const after = root('Example CA', { keyIdentifiers: false })
    return {
      request: below([old], { caBundle: after.pem }),
      certificate: 0,
      message: 'The signature (ecdsa-with-SHA256) does not verify under the issuer’s key.',
      openssl: /certificate signature failure/
    }
  },
  'signature-algorithm-unsupported': () => ({
    request: below([signedWith(ca, sequence(oid('1.2.643.7.1.1.3.2')), 'sha256')]),
    certificate: 0,
    message: /^The signature algorithm 1\.2\.643\.7\.1\.1\.3\.2 cannot be accepted/,
    openssl: /Signature Algorithm: GOST|Signature Algorithm: 1\.2\.643/
  }),
  'signature-algorithm-weak': () => {
    const rsaCa = root('Example RSA CA', { key: 'rsa2048' })
    return {
      request: below([signedWith(rsaCa, sha1WithRsa, 'sha1')], { caBundle: rsaCa.pem }),
      certificate: 0,
      message: 'The signature algorithm sha1WithRSAEncryption has a strength of 63 bits; security level 2 needs 112.',
      openssl: /sha1WithRSAEncryption/
    }
  },
  'signature-algorithm-mismatch': () => ({
    request: below([relabelled()]),
    certificate: 0,
    message: 'The signed part names the signature algorithm ecdsa-with-SHA256, the signature itself ecdsa-with-SHA384.',
    openssl: /ecdsa-with-SHA256[\s\S]*ecdsa-with-SHA384/
  }),
  'signature-hash-mismatch': () => ({
    request: below([server(wide, 'www.example.com')], { caBundle: wide.pem, profile: 'webpki' }),
    certificate: 0,
    warning: true,
    message: /^The signature is made by a P-384 key with ecdsa-with-SHA256; the Baseline Requirements have /,
    openssl: /ecdsa-with-SHA256/
  }),
  'public-key-weak': () => ({
    request: below([server(ca, 'www.example.com', { key: 'rsa1024' })]),
    certificate: 0,
    message: 'The RSA key of 1024 bits has a strength of 80 bits; security level 2 needs 112.',
    openssl: /Public-Key: \(1024 bit\)/
  }),
  'public-key-malformed': () => ({
    // A point that does not lie on the curve.
    request: below([
      leafWith(
        spkiOf('1.2.840.10045.2.1', oid('1.2.840.10045.3.1.7'), Uint8Array.from([4, ...new Uint8Array(64).fill(1)]))
      )
    ]),
    certificate: 0,
    message: /^The public key is not well formed: /,
    reference: 'RFC 5480 §2.2',
    openssl: /Unable to load|unable to load|[Ee]rror/
  }),
  'public-key-unsupported': () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    const key = { privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }) }
    return {
      request: below([issue({ subject: 'www.example.com', issuer: ca, key, extensions: serverExtensions })]),
      certificate: 0,
      message: /^The public key cannot be accepted: /,
      openssl: /ASN1 OID: secp256k1/
    }
  }
}
