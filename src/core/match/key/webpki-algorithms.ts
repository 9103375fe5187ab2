import { readSignatureAlgorithm } from '../../decode/key/signature-algorithm.ts'
import type { AlgorithmIdentifier } from '../../model/certificate.ts'
import { type Fault, fault } from '../../model/finding.ts'
import type { PublicKey } from '../../model/public-key.ts'
import { keyName } from './key-name.ts'

/** BR 7.1.3.2.2: the hash that goes with each curve. */
const curveHashes: ReadonlyMap<string, string> = new Map([
  ['P-256', 'sha256'],
  ['P-384', 'sha384'],
  ['P-521', 'sha512']
])

const leastModulusBits = 2048

const refusal = (reason: string, reference: string): Fault<'public-key-unsupported'> =>
  fault('public-key-unsupported', { reason }, reference)

/** Why the Baseline Requirements do not allow a key: BR 6.1.5 has its sizes, BR 7.1.3.1 its kinds. */
export const webpkiKeyFault = (key: PublicKey): Fault<'public-key-unsupported'> | undefined => {
  switch (key.type) {
    case 'rsa':
      if (key.bits < leastModulusBits) {
        return refusal(
          `its RSA modulus has ${key.bits} bits, and at least ${leastModulusBits} are required`,
          'BR 6.1.5'
        )
      }
      return key.bits % 8 === 0
        ? undefined
        : refusal(`its RSA modulus has ${key.bits} bits, which is not a multiple of 8`, 'BR 6.1.5')
    case 'rsa-pss':
      return refusal('RSA keys have to be marked as rsaEncryption, not id-RSASSA-PSS', 'BR 7.1.3.1.1')
    case 'ec':
      return curveHashes.has(key.curve)
        ? undefined
        : refusal(`its curve is ${key.curve}, not P-256, P-384 or P-521`, 'BR 6.1.5')
    default:
      return refusal(`it is ${keyName(key)}, neither RSA nor ECDSA`, 'BR 6.1.5')
  }
}

const allowedHashes: ReadonlySet<string> = new Set(curveHashes.values())

/**
 * Why the Baseline Requirements do not allow a signature whatever its key: BR 7.1.3.2 has RSA and ECDSA with SHA-256,
 * SHA-384 and SHA-512. Undefined where the algorithm cannot be accepted under any profile: verifying it tells that.
 */
export const webpkiSignatureFault = (
  identifier: AlgorithmIdentifier
): Fault<'signature-algorithm-unsupported'> | undefined => {
  const read = readSignatureAlgorithm(identifier)
  if (!read.ok) return undefined
  const { scheme, name: algorithm } = read.value
  if (scheme !== 'pure' && scheme !== 'dsa' && allowedHashes.has(read.value.hash)) return undefined
  const reason = 'the Baseline Requirements allow RSA and ECDSA with SHA-256, SHA-384 or SHA-512 only'
  return fault('signature-algorithm-unsupported', { algorithm, reason }, 'BR 7.1.3.2')
}

/**
 * Whether the hash is another one than BR 7.1.3.2.2 has for the curve of the signing key. It asks this of issuers;
 * relying parties take such signatures, so it is for a warning.
 */
export const webpkiHashFault = (
  identifier: AlgorithmIdentifier,
  key: PublicKey
): Fault<'signature-hash-mismatch'> | undefined => {
  if (key.type !== 'ec') return undefined
  const read = readSignatureAlgorithm(identifier)
  const expected = curveHashes.get(key.curve)
  if (!read.ok || read.value.scheme !== 'ecdsa' || expected === undefined || read.value.hash === expected)
    return undefined
  return fault('signature-hash-mismatch', { algorithm: read.value.name, key: key.curve, expected })
}
