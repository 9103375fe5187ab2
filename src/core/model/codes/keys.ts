import { row } from '../code-row.ts'

const because = (reason: string | undefined): string => (reason === undefined ? '.' : `: ${reason}.`)

/** Signatures, and the keys that make them. */
export const keyCodes = {
  'signature-invalid': row<{ readonly algorithm: string; readonly reason?: string }>({
    distance: 40,
    reference: 'RFC 5280 §6.1.3 (a)(1)',
    title: 'The signature does not verify under the issuer’s key',
    message: ({ algorithm, reason }) =>
      `The signature (${algorithm}) does not verify under the issuer’s key${because(reason)}`,
    remedy:
      'Use the certificate exactly as its issuer made it, and the issuer’s certificate with the key that signed it: an issuer of the same name may have had another key.',
    openssl: [7, 77]
  }),
  'signature-algorithm-unsupported': row<{ readonly algorithm: string; readonly reason?: string }>({
    distance: 20,
    reference: 'RFC 5280 §4.1.1.2',
    title: 'The signature’s algorithm, or its parameters, cannot be accepted',
    message: ({ algorithm, reason }) => `The signature algorithm ${algorithm} cannot be accepted${because(reason)}`,
    remedy: 'Have it issued anew with a standard algorithm, such as ECDSA or RSA with SHA-256.',
    openssl: [76]
  }),
  'signature-algorithm-weak': row<{
    readonly algorithm: string
    readonly bits: number
    readonly level: number
    readonly required: number
  }>({
    distance: 4,
    reference: 'NIST SP 800-57 Part 1 §5.6.1',
    title: 'The signature’s algorithm is weaker than the security level allows',
    message: ({ algorithm, bits, level, required }) =>
      `The signature algorithm ${algorithm} has a strength of ${bits} bits; security level ${level} needs ${required}.`,
    remedy: 'Have it issued anew with SHA-256 or stronger. To judge old material, ask for a lower securityLevel.',
    openssl: [68]
  }),
  'signature-algorithm-mismatch': row<{ readonly inner: string; readonly outer: string }>({
    distance: 20,
    reference: 'RFC 5280 §4.1.1.2',
    title: 'The signed and the outer signature algorithm differ',
    message: ({ inner, outer }) =>
      `The signed part names the signature algorithm ${inner}, the signature itself ${outer}.`,
    remedy: 'Have the certificate issued anew: both algorithm identifiers must be the same, parameters included.',
    openssl: [78]
  }),
  'signature-hash-mismatch': row<{ readonly algorithm: string; readonly key: string; readonly expected: string }>({
    distance: 1,
    reference: 'BR 7.1.3.2.2',
    title: 'The signature’s hash is not the one that goes with the curve of the issuer’s key',
    message: ({ algorithm, key, expected }) =>
      `The signature is made by a ${key} key with ${algorithm}; the Baseline Requirements have ${expected} for that curve.`,
    remedy: 'Nothing needs to be done to use the certificate. Its issuer should choose the hash by its key’s curve.'
  }),
  'public-key-weak': row<{
    readonly key: string
    readonly bits: number
    readonly strength: number
    readonly level: number
    readonly required: number
  }>({
    distance: 4,
    reference: 'NIST SP 800-57 Part 1 §5.6.1',
    title: 'The public key is weaker than the security level allows',
    message: ({ key, bits, strength, level, required }) =>
      `The ${key} key of ${bits} bits has a strength of ${strength} bits; security level ${level} needs ${required}.`,
    remedy:
      'Use a stronger key, such as RSA with 2048 bits or more, or ECDSA on P-256. To judge old material, ask for a lower securityLevel.',
    openssl: [66, 67]
  }),
  'public-key-malformed': row<{ readonly reason: string }>({
    distance: 20,
    reference: 'RFC 5280 §4.1.2.7',
    title: 'The public key is not well formed',
    message: ({ reason }) => `The public key is not well formed: ${reason}.`,
    remedy: 'Make a new key pair with a current tool and have the certificate issued anew.',
    openssl: [6]
  }),
  'public-key-unsupported': row<{ readonly reason: string }>({
    distance: 10,
    reference: 'RFC 5280 §4.1.2.7',
    title: 'The public key is of a kind that cannot be accepted',
    message: ({ reason }) => `The public key cannot be accepted: ${reason}.`,
    remedy: 'Use a key of a usual kind: ECDSA on P-256 or P-384, or RSA with 2048 to 8192 bits.',
    openssl: [6, 94]
  })
}
