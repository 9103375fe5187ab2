import type { PublicKey } from '../../model/public-key.ts'

/** A kind of key that its OID alone determines. */
export interface FixedKey {
  readonly name: string
  readonly octets: number
  key(spki: Uint8Array): PublicKey
}

const other = (name: string, octets: number, bits = octets * 8): FixedKey => ({
  name,
  octets,
  key: (spki) => ({ type: 'other', spki, bits, algorithm: name })
})

const mlDsa = (type: 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87', octets: number): FixedKey => ({
  name: type.toUpperCase(),
  octets,
  key: (spki) => ({ type, spki, bits: octets * 8 })
})

const nist = '2.16.840.1.101.3.4'

/** RFC 9909 §4: twelve sets at consecutive OIDs from id-slh-dsa-sha2-128s on. */
const slhDsa = ['sha2', 'shake']
  .flatMap((hash) => ['128s', '128f', '192s', '192f', '256s', '256f'].map((size) => `${hash}-${size}`))
  .map((parameterSet, index): [string, FixedKey] => {
    const octets = (Number(parameterSet.slice(-4, -1)) / 8) * 2
    const key = (spki: Uint8Array): PublicKey => ({ type: 'slh-dsa', spki, bits: octets * 8, parameterSet })
    return [`${nist}.3.${20 + index}`, { name: `SLH-DSA-${parameterSet.toUpperCase()}`, octets, key }]
  })

/** By OID. RFC 8410 §3 and §4; RFC 9881 §2 and §4; RFC 9909 §4; RFC 9935 §4 for ML-KEM. */
export const fixedKeys: ReadonlyMap<string, FixedKey> = new Map<string, FixedKey>([
  ['1.3.101.110', other('X25519', 32, 255)],
  ['1.3.101.111', other('X448', 56, 448)],
  ['1.3.101.112', { name: 'Ed25519', octets: 32, key: (spki) => ({ type: 'ed25519', spki, bits: 256 }) }],
  ['1.3.101.113', { name: 'Ed448', octets: 57, key: (spki) => ({ type: 'ed448', spki, bits: 456 }) }],
  [`${nist}.3.17`, mlDsa('ml-dsa-44', 1312)],
  [`${nist}.3.18`, mlDsa('ml-dsa-65', 1952)],
  [`${nist}.3.19`, mlDsa('ml-dsa-87', 2592)],
  ...slhDsa,
  [`${nist}.4.1`, other('ML-KEM-512', 800)],
  [`${nist}.4.2`, other('ML-KEM-768', 1184)],
  [`${nist}.4.3`, other('ML-KEM-1024', 1568)]
])
