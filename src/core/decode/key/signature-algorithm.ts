import type { AlgorithmIdentifier } from '../../model/certificate.ts'
import { attempt, type Decoded } from '../der/der.ts'
import { isNull } from './algorithm.ts'
import { readPssParameters } from './pss-parameters.ts'

type PureKey = 'ed25519' | 'ed448' | 'ml-dsa-44' | 'ml-dsa-65' | 'ml-dsa-87' | 'slh-dsa'

/** What a signature's AlgorithmIdentifier says. `hash` is as node:crypto calls it; `octets` is a signature's length. */
export type SignatureAlgorithm =
  | { readonly scheme: 'rsa' | 'ecdsa' | 'dsa'; readonly name: string; readonly hash: string }
  | {
      readonly scheme: 'rsa-pss'
      readonly name: string
      readonly hash: string
      readonly mgfHash: string
      readonly saltLength: number
    }
  | {
      readonly scheme: 'pure'
      readonly name: string
      readonly keyType: PureKey
      readonly parameterSet: string | undefined
      readonly octets: number
    }

/** What parameters an algorithm has: none, NULL, or (RFC 4055 §5) NULL that may be left out. */
type Parameters = 'absent' | 'null' | 'null-or-absent'

interface Known {
  readonly algorithm: SignatureAlgorithm
  readonly parameters: Parameters
}

const hashed = (scheme: 'rsa' | 'ecdsa' | 'dsa', name: string, hash: string, parameters: Parameters): Known => ({
  algorithm: { scheme, name, hash },
  parameters
})

const pure = (name: string, keyType: PureKey, octets: number, parameterSet?: string): Known => ({
  algorithm: { scheme: 'pure', name, keyType, parameterSet, octets },
  parameters: 'absent'
})

const rsa = '1.2.840.113549.1.1'
const ecdsa = '1.2.840.10045.4'
const nist = '2.16.840.1.101.3.4.3'
const pss = `${rsa}.10`

/** RFC 9909 §3: the twelve sets in the order of their OIDs, and the octets of their signatures (FIPS 205 §11). */
const slhDsaSignatures = [
  ['128s', 7856],
  ['128f', 17_088],
  ['192s', 16_224],
  ['192f', 35_664],
  ['256s', 29_792],
  ['256f', 49_856]
] as const

const slhDsa = ['sha2', 'shake']
  .flatMap((hash) => slhDsaSignatures.map(([size, octets]) => ({ set: `${hash}-${size}`, octets })))
  .map(({ set, octets }, index): [string, Known] => [
    `${nist}.${20 + index}`,
    pure(`SLH-DSA-${set.toUpperCase()}`, 'slh-dsa', octets, set)
  ])

/**
 * RFC 3279 §2.2.1 has NULL for RSA with MD5 and SHA-1, and RFC 4055 §5 has it for the SHA-2 family but MUST accept its
 * absence. DSA: RFC 3279 §2.2.2, RFC 5758 §3.1. ECDSA: RFC 5758 §3.2. RFC 8410 §3, RFC 9881 §2 and RFC 9909 §3 have none.
 * SHA-3 with ECDSA and RSA: RFC 9688 §3.
 */
const known: ReadonlyMap<string, Known> = new Map<string, Known>([
  [`${rsa}.4`, hashed('rsa', 'md5WithRSAEncryption', 'md5', 'null')],
  [`${rsa}.5`, hashed('rsa', 'sha1WithRSAEncryption', 'sha1', 'null')],
  [`${rsa}.14`, hashed('rsa', 'sha224WithRSAEncryption', 'sha224', 'null-or-absent')],
  [`${rsa}.11`, hashed('rsa', 'sha256WithRSAEncryption', 'sha256', 'null-or-absent')],
  [`${rsa}.12`, hashed('rsa', 'sha384WithRSAEncryption', 'sha384', 'null-or-absent')],
  [`${rsa}.13`, hashed('rsa', 'sha512WithRSAEncryption', 'sha512', 'null-or-absent')],
  [`${ecdsa}.1`, hashed('ecdsa', 'ecdsa-with-SHA1', 'sha1', 'absent')],
  [`${ecdsa}.3.1`, hashed('ecdsa', 'ecdsa-with-SHA224', 'sha224', 'absent')],
  [`${ecdsa}.3.2`, hashed('ecdsa', 'ecdsa-with-SHA256', 'sha256', 'absent')],
  [`${ecdsa}.3.3`, hashed('ecdsa', 'ecdsa-with-SHA384', 'sha384', 'absent')],
  [`${ecdsa}.3.4`, hashed('ecdsa', 'ecdsa-with-SHA512', 'sha512', 'absent')],
  ['1.2.840.10040.4.3', hashed('dsa', 'dsa-with-sha1', 'sha1', 'absent')],
  [`${nist}.1`, hashed('dsa', 'dsa-with-sha224', 'sha224', 'absent')],
  [`${nist}.2`, hashed('dsa', 'dsa-with-sha256', 'sha256', 'absent')],
  ...['224', '256', '384', '512'].flatMap((bits, at): [string, Known][] => [
    [`${nist}.${9 + at}`, hashed('ecdsa', `ecdsa-with-sha3-${bits}`, `sha3-${bits}`, 'absent')],
    [`${nist}.${13 + at}`, hashed('rsa', `rsassa-pkcs1-v1-5-with-sha3-${bits}`, `sha3-${bits}`, 'null-or-absent')]
  ]),
  ['1.3.101.112', pure('Ed25519', 'ed25519', 64)],
  ['1.3.101.113', pure('Ed448', 'ed448', 114)],
  [`${nist}.17`, pure('ML-DSA-44', 'ml-dsa-44', 2420)],
  [`${nist}.18`, pure('ML-DSA-65', 'ml-dsa-65', 3309)],
  [`${nist}.19`, pure('ML-DSA-87', 'ml-dsa-87', 4627)],
  ...slhDsa
])

/** Known by name, so that a message can say what was refused: broken at every level. */
const refused: ReadonlyMap<string, string> = new Map([
  [`${rsa}.2`, 'md2WithRSAEncryption'],
  [`${rsa}.3`, 'md4WithRSAEncryption']
])

/** The name that the standards give an algorithm, or its OID. */
export const signatureAlgorithmName = (oid: string): string =>
  oid === pss ? 'RSASSA-PSS' : (known.get(oid)?.algorithm.name ?? refused.get(oid) ?? oid)

/** Reads what an AlgorithmIdentifier says of a signature; the reason, where it cannot be accepted, is a clause without a subject. */
export const readSignatureAlgorithm = (identifier: AlgorithmIdentifier): Decoded<SignatureAlgorithm> => {
  const { oid, parameters } = identifier
  if (oid === pss) return readPss(parameters)
  const entry = known.get(oid)
  if (entry === undefined) {
    return {
      ok: false,
      reason: refused.has(oid) ? 'its hash is broken, and refused at every security level' : 'it is not known'
    }
  }
  const fits =
    parameters === undefined ? entry.parameters !== 'null' : entry.parameters !== 'absent' && isNull(parameters)
  if (fits) return { ok: true, value: entry.algorithm }
  return { ok: false, reason: `its parameters must be ${entry.parameters === 'absent' ? 'absent' : 'NULL'}` }
}

/** RFC 4055 §3.1: in a signature's AlgorithmIdentifier the parameters of RSASSA-PSS MUST be present. */
const readPss = (parameters: Uint8Array | undefined): Decoded<SignatureAlgorithm> => {
  if (parameters === undefined) return { ok: false, reason: 'its parameters are absent' }
  const read = attempt(() => readPssParameters(parameters, 'RSASSA-PSS-params'))
  return read.ok ? { ok: true, value: { scheme: 'rsa-pss', name: 'RSASSA-PSS', ...read.value } } : read
}
