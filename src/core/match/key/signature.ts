import { constants, type KeyObject, verify } from 'node:crypto'
import {
  readSignatureAlgorithm,
  type SignatureAlgorithm,
  signatureAlgorithmName
} from '../../decode/key/signature-algorithm.ts'
import { isSignaturePair } from '../../decode/key/signature-pair.ts'
import { fault } from '../../model/finding.ts'
import { Budget, defaultLimits } from '../../model/limits.ts'
import type { SignatureOutcome, ValidationMemory } from '../../model/memory.ts'
import type { CheckContext, SignatureFault, Signed } from '../../model/path.ts'
import type { PublicKey } from '../../model/public-key.ts'
import { importFault, importKey } from './key-import.ts'
import { keyName } from './key-name.ts'
import { oversized } from './key-size.ts'
import { signatureCost } from './signature-cost.ts'

/** Hashing takes as long as a check for so many octets: a CRL may have any number of them, and be tried under many keys. */
const octetsACheck = 4 * 1_048_576

const invalid = (algorithm: string, reason?: string): SignatureFault =>
  fault('signature-invalid', reason === undefined ? { algorithm } : { algorithm, reason })

/** Whether `signed` verifies under `key` (RFC 5280 §6.1.3 (a)(1)) within the default limits; undefined if it does. Never throws for what they hold. */
export const verifySignature = (signed: Signed, key: PublicKey): SignatureFault | undefined =>
  verifyWithin(new Budget(defaultLimits), signed, key, undefined)

/**
 * `CheckContext.verify`: each pair of object and key is verified once, and `signatureChecks` are spent before that. A key
 * that stands in several certificates is one key.
 * What fails before any arithmetic (a wrong length, a key of another kind) spends nothing. What `memory` knows of earlier
 * validations is counted as if it were verified now, so that no limit is met by one request and not by the next; it is no
 * work, though.
 *
 * Throws `LimitReached`, or `AllowanceSpent`.
 */
export const createVerifier = (budget: Budget, memory?: ValidationMemory): CheckContext['verify'] => {
  const answers = new Map<Signed, Map<PublicKey, SignatureFault | 'verifies'>>()
  const keys = new SameKeys()
  return (signed, anyKey) => {
    const key = keys.first(anyKey)
    const known = answers.get(signed)
    const answer = known?.get(key) ?? verifyWithin(budget, signed, key, memory) ?? 'verifies'
    if (known === undefined) answers.set(signed, new Map<PublicKey, typeof answer>().set(key, answer))
    else known.set(key, answer)
    return answer === 'verifies' ? undefined : answer
  }
}

/** A key of a certificate that is kept comes again with every request. */
const octetsOfKeys = new WeakMap<PublicKey, string>()

const octetsOf = (key: PublicKey): string => {
  const known = octetsOfKeys.get(key)
  if (known !== undefined) return known
  const { buffer, byteOffset, length } = key.spki
  const octets = Buffer.from(buffer, byteOffset, length).toString('latin1')
  octetsOfKeys.set(key, octets)
  return octets
}

/** Keys by their octets. */
class SameKeys {
  readonly #byOctets = new Map<string, PublicKey>()

  /** The key that was met first of all that have the same octets. */
  first(key: PublicKey): PublicKey {
    const octets = octetsOf(key)
    const first = this.#byOctets.get(octets)
    if (first !== undefined) return first
    this.#byOctets.set(octets, key)
    return key
  }
}

const verifyWithin = (
  budget: Budget,
  signed: Signed,
  key: PublicKey,
  memory: ValidationMemory | undefined
): SignatureFault | undefined => {
  const large = oversized(key, budget.limits)
  if (large !== undefined) return large
  const { signatureAlgorithm: identifier, signature, tbs } = signed
  if (identifier === undefined) return invalid('unknown', 'its algorithm cannot be read')
  const name = signatureAlgorithmName(identifier.oid)
  if (signature === undefined) return invalid(name, 'it is not a whole number of octets')
  const read = readSignatureAlgorithm(identifier)
  if (!read.ok) return fault('signature-algorithm-unsupported', { algorithm: name, reason: read.reason })
  const algorithm = read.value
  const problem = mismatch(algorithm, key) ?? wrongForm(algorithm, key, signature)
  if (problem !== undefined) return invalid(name, problem)
  if (algorithm.scheme === 'rsa-pss' && algorithm.hash !== algorithm.mgfHash) {
    const reason = `it hashes with ${algorithm.hash} but masks with ${algorithm.mgfHash}`
    return fault('signature-algorithm-unsupported', { algorithm: name, reason }, 'RFC 4055 §3.1')
  }
  const cost = signatureCost(key) + Math.floor(tbs.length / octetsACheck)
  budget.count('signatureChecks', cost)
  const find = (): SignatureOutcome => {
    budget.work('signatureChecks', cost)
    return outcomeOf(algorithm, key, tbs, signature)
  }
  const outcome = memory === undefined ? find() : memory.signature(signed, key, find)
  if (outcome === 'key-refused') return importFault(key)
  return outcome === 'verifies' ? undefined : invalid(name)
}

const outcomeOf = (
  algorithm: SignatureAlgorithm,
  key: PublicKey,
  tbs: Uint8Array,
  signature: Uint8Array
): SignatureOutcome => {
  const imported = importKey(key)
  if (imported === undefined) return 'key-refused'
  return holds(algorithm, imported, tbs, signature) ? 'verifies' : 'fails'
}

/** Why a key cannot have made a signature of that algorithm. */
const mismatch = (algorithm: SignatureAlgorithm, key: PublicKey): string | undefined => {
  switch (algorithm.scheme) {
    case 'rsa':
      // RFC 4055 §1.2: a key of id-RSASSA-PSS is for nothing else.
      return key.type === 'rsa' ? undefined : otherKey(key)
    case 'rsa-pss':
      if (key.type === 'rsa') return undefined
      return key.type === 'rsa-pss' ? restriction(algorithm, key) : otherKey(key)
    case 'ecdsa':
      return key.type === 'ec' ? undefined : otherKey(key)
    case 'dsa':
      if (key.type !== 'dsa') return otherKey(key)
      return key.parameters === undefined ? 'the issuer’s DSA key has no parameters, and inherits none' : undefined
    default: {
      const sameSet = key.type !== 'slh-dsa' || key.parameterSet === algorithm.parameterSet
      return key.type === algorithm.keyType && sameSet ? undefined : otherKey(key)
    }
  }
}

const otherKey = (key: PublicKey): string => `the issuer’s key is of another kind (${keyName(key)})`

/** RFC 4055 §3.3: a key's parameters must be the signature's, but that the signature's salt may be longer. */
const restriction = (
  algorithm: SignatureAlgorithm & { readonly scheme: 'rsa-pss' },
  key: PublicKey & { readonly type: 'rsa' | 'rsa-pss' }
): string | undefined => {
  if (key.pss === undefined) return undefined
  const { hash, mgfHash, saltLength } = key.pss
  if (hash !== algorithm.hash || mgfHash !== algorithm.mgfHash)
    return `the issuer’s key is restricted to ${hash} with MGF1 on ${mgfHash}`
  return algorithm.saltLength < saltLength
    ? `the issuer’s key is restricted to salts of ${saltLength} octets or more`
    : undefined
}

/** Why the octets cannot be a signature of that algorithm, whatever the key's values. */
const wrongForm = (algorithm: SignatureAlgorithm, key: PublicKey, signature: Uint8Array): string | undefined => {
  switch (algorithm.scheme) {
    case 'rsa':
    case 'rsa-pss':
      // RFC 8017 §8.1.2 and §8.2.2, step 1.
      return length(signature, Math.ceil((key.bits ?? 0) / 8))
    case 'ecdsa':
    case 'dsa':
      return isSignaturePair(signature) ? undefined : 'it is not the strict DER of two positive numbers'
    default:
      return length(signature, algorithm.octets)
  }
}

const length = (signature: Uint8Array, expected: number): string | undefined =>
  signature.length === expected ? undefined : `it has ${signature.length} octets in place of ${expected}`

const holds = (algorithm: SignatureAlgorithm, key: KeyObject, tbs: Uint8Array, signature: Uint8Array): boolean => {
  try {
    switch (algorithm.scheme) {
      case 'rsa':
        return verify(algorithm.hash, tbs, { key, padding: constants.RSA_PKCS1_PADDING }, signature)
      case 'rsa-pss': {
        const { hash, saltLength } = algorithm
        return verify(hash, tbs, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)
      }
      case 'ecdsa':
      case 'dsa':
        return verify(algorithm.hash, tbs, { key, dsaEncoding: 'der' }, signature)
      default:
        return verify(null, tbs, key, signature)
    }
  } catch {
    return false
  }
}
