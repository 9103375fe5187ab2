import { readSignatureAlgorithm, type SignatureAlgorithm } from '../../decode/key/signature-algorithm.ts'
import type { AlgorithmIdentifier } from '../../model/certificate.ts'
import { type Fault, fault } from '../../model/finding.ts'
import type { SecurityLevel } from '../../model/options.ts'
import type { PublicKey } from '../../model/public-key.ts'
import { keyName } from './key-name.ts'

/** The bits of security that each level asks for, with OpenSSL's meaning. */
const requiredBits: Readonly<Record<SecurityLevel, number>> = { 0: 0, 1: 80, 2: 112, 3: 128, 4: 192, 5: 256 }

/** NIST SP 800-57 Part 1 §5.6.1.1, table 2: least modulus of RSA or prime of DSA for a strength. */
const factoringStrengths = [
  [15_360, 256],
  [7680, 192],
  [3072, 128],
  [2048, 112],
  [1024, 80]
] as const

/** The same table, for the order of an elliptic curve's group; P-521 counts 256. */
const curveStrengths = [
  [512, 256],
  [384, 192],
  [256, 128],
  [224, 112],
  [160, 80]
] as const

const strengthIn = (table: readonly (readonly [number, number])[], bits: number): number =>
  table.find(([least]) => bits >= least)?.[1] ?? 0

/** FIPS 204 §4 table 1, FIPS 203 §8 and RFC 7748 §7 */
const fixedStrengths: Readonly<Record<string, number>> = {
  'ml-dsa-44': 128,
  'ml-dsa-65': 192,
  'ml-dsa-87': 256,
  ed25519: 128,
  ed448: 224,
  X25519: 128,
  X448: 224,
  'ML-KEM-512': 128,
  'ML-KEM-768': 192,
  'ML-KEM-1024': 256
}

/** FIPS 205 §11: the number in a parameter set's name, as `sha2-128s`, is its strength. */
const setStrength = (parameterSet: string): number => Number(parameterSet.slice(-4, -1))

/** A key's strength in bits; undefined where its algorithm is not known. */
export const keyStrength = (key: PublicKey): number | undefined => {
  switch (key.type) {
    case 'rsa':
    case 'rsa-pss':
    case 'dsa':
      return strengthIn(factoringStrengths, key.bits)
    case 'ec':
      return strengthIn(curveStrengths, key.bits)
    case 'slh-dsa':
      return setStrength(key.parameterSet)
    case 'other':
      return fixedStrengths[key.algorithm]
    default:
      return fixedStrengths[key.type]
  }
}

/** OpenSSL's figures for collisions: half a hash's bits, but 39 for MD5 and 63 for SHA-1, for which attacks are known. */
const hashStrengths: Readonly<Record<string, number>> = {
  md5: 39,
  sha1: 63,
  sha224: 112,
  sha256: 128,
  sha384: 192,
  sha512: 256,
  'sha3-224': 112,
  'sha3-256': 128,
  'sha3-384': 192,
  'sha3-512': 256
}

/** A signature's strength in bits, as far as its algorithm and not its key determines it. */
export const signatureStrength = (algorithm: SignatureAlgorithm): number => {
  if (algorithm.scheme !== 'pure') return hashStrengths[algorithm.hash] ?? 0
  if (algorithm.parameterSet !== undefined) return setStrength(algorithm.parameterSet)
  return fixedStrengths[algorithm.keyType] ?? 0
}

/**
 * Why a signature is too weak for a level. Undefined also for what cannot be accepted at all (MD2, unknown algorithms):
 * verifying it tells that, at every level.
 */
export const weakSignature = (
  identifier: AlgorithmIdentifier,
  level: SecurityLevel
): Fault<'signature-algorithm-weak'> | undefined => {
  const read = readSignatureAlgorithm(identifier)
  if (!read.ok) return undefined
  const bits = signatureStrength(read.value)
  const required = requiredBits[level]
  return bits >= required
    ? undefined
    : fault('signature-algorithm-weak', { algorithm: read.value.name, bits, level, required })
}

/** The curves that are accepted above level 0. */
const usualCurves: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521'])

/** Why a key is too weak for a level, or of a kind that is accepted at level 0 alone. */
export const weakKey = (
  key: PublicKey,
  level: SecurityLevel
): Fault<'public-key-weak' | 'public-key-unsupported'> | undefined => {
  if (level === 0) return undefined
  if (key.type === 'dsa' || (key.type === 'ec' && !usualCurves.has(key.curve))) {
    return fault('public-key-unsupported', { reason: `${keyName(key)} keys are accepted at security level 0 only` })
  }
  const strength = keyStrength(key)
  if (strength === undefined) {
    const reason = `the strength of its algorithm (${keyName(key)}) is not known, which is accepted at security level 0 only`
    return fault('public-key-unsupported', { reason })
  }
  const required = requiredBits[level]
  if (strength >= required) return undefined
  return fault('public-key-weak', { key: keyName(key), bits: key.bits ?? 0, strength, level, required })
}
