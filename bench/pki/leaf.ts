import { randomBytes } from 'node:crypto'
import {
  alternativeNames,
  basicConstraints,
  certSignAndCrlSign,
  digitalSignature,
  type ExtensionSpec,
  extendedKeyUsage,
  extension,
  type Issued,
  issue,
  type KeyPair,
  keyPair,
  keyUsage
} from '../../test/support/authority.ts'
import { explicit, integer, nullValue, oid, sequence, spkiOf, tlv } from '../../test/support/der-writer.ts'
import { authority, newKey } from './authorities.ts'

/** What is special about a leaf; `own-ca` has an issuer of its own, which stands before it in its record. */
export type LeafKind = 'plain' | 'expired' | 'self-signed' | 'own-ca'

export const leafName = (issuer: string, serial: number): string => `leaf-${serial}.${issuer}.bench.test`

/** As public CAs issue them, with everything that a reader has to pass: policies, where to fetch what, and timestamps' place. */
const usual: readonly ExtensionSpec[] = [
  basicConstraints(false),
  keyUsage(digitalSignature),
  extendedKeyUsage('1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'),
  extension('2.5.29.32', sequence(sequence(oid('2.23.140.1.2.1')))),
  extension(
    '1.3.6.1.5.5.7.1.1',
    sequence(
      ...[
        ['1.3.6.1.5.5.7.48.1', 'http://ocsp.bench.test'],
        ['1.3.6.1.5.5.7.48.2', 'http://ca.bench.test/ca.der']
      ].map(([method = '', location = '']) => sequence(oid(method), tlv(0x86, Buffer.from(location))))
    )
  ),
  extension(
    '2.5.29.31',
    sequence(sequence(explicit(0, explicit(0, tlv(0x86, Buffer.from('http://crl.bench.test/ca.crl'))))))
  ),
  extension('1.3.6.1.4.1.11129.2.4.2', tlv(4, Buffer.alloc(240, 0x5a)))
]

/**
 * The leaf's DER, and before it that of its issuer where that is new as well.
 *
 * The key of a leaf under an RSA issuer is a random odd number: nobody computes with it, and primes for 20,000 would take half an hour.
 */
export const makeLeaf = (issuer: string, kind: LeafKind, serial: number): readonly Uint8Array[] => {
  const above = authority(issuer)
  if (kind === 'own-ca') {
    const ca = ownIssuer(issuer, above, serial)
    return [ca.der, leafUnder(ca, issuer, kind, serial).der]
  }
  return [leafUnder(above, issuer, kind, serial).der]
}

const ownIssuer = (root: string, above: Issued, serial: number): Issued =>
  issue({
    subject: `Bench CA ${serial} of ${root}`,
    issuer: above,
    key: newKey(root.startsWith('rsa') ? 'rsa2048' : 'p384'),
    extensions: [basicConstraints(true, 0), keyUsage(certSignAndCrlSign)]
  })

const leafUnder = (above: Issued, issuer: string, kind: LeafKind, serial: number): Issued => {
  const name = leafName(issuer, serial)
  return issue({
    subject: name,
    key: keyOf(above, kind),
    serialNumber: 2n ** 126n + BigInt(serial),
    extensions: [...usual, alternativeNames([name, `www.${name}`])],
    ...(kind === 'self-signed' ? {} : { issuer: above }),
    ...(kind === 'expired' ? { notBefore: '240101000000', notAfter: '250101000000' } : {})
  })
}

const keyOf = (above: Issued, kind: LeafKind): KeyPair => {
  const family = above.key.privateKey.asymmetricKeyType
  if (kind === 'self-signed') return keyPair('p256')
  if (family === 'ed25519') return keyPair('ed25519')
  return family === 'rsa' ? { privateKey: above.key.privateKey, spki: unusedRsaKey() } : keyPair('p256')
}

const unusedRsaKey = (): Uint8Array => {
  const modulus = randomBytes(256)
  modulus[0] = 0x80 | (modulus[0] ?? 0)
  modulus[255] = 1 | (modulus[255] ?? 0)
  const key = sequence(integer(BigInt(`0x${modulus.toString('hex')}`)), integer(65_537))
  return spkiOf('1.2.840.113549.1.1.1', nullValue, key)
}
