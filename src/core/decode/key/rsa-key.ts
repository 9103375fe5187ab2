import type { AlgorithmIdentifier } from '../../model/certificate.ts'
import type { PublicKey } from '../../model/public-key.ts'
import { Malformed, single, tags, within } from '../der/der.ts'
import { isOdd, readPositive } from '../der/integer-bits.ts'
import { isNull } from './algorithm.ts'
import { readPssParameters } from './pss-parameters.ts'

/**
 * RSAPublicKey (RFC 8017 §A.1.1) of an rsaEncryption key (RFC 3279 §2.3.1) or an id-RSASSA-PSS key (RFC 4055 §1.2).
 *
 * Refused by RFC 8017 §3.1: what cannot be a product of odd primes, or an exponent with an inverse. Sizes are not judged
 * here: whoever computes with the key holds it to the limits of the validation first.
 */
export const readRsaKey = (
  type: 'rsa' | 'rsa-pss',
  spki: Uint8Array,
  algorithm: AlgorithmIdentifier,
  value: Uint8Array
): PublicKey => {
  if (type === 'rsa' && !isNull(algorithm.parameters)) {
    throw new Malformed('the parameters of an rsaEncryption key are not NULL')
  }
  const pss =
    type === 'rsa-pss' && algorithm.parameters !== undefined
      ? readPssParameters(algorithm.parameters, 'the id-RSASSA-PSS key')
      : undefined
  const fields = within(single(value, tags.sequence, 'the RSA key'), 'the RSA key')
  const modulus = readPositive(fields, 'modulus', 'the RSA modulus')
  const exponent = readPositive(fields, 'publicExponent', 'the RSA exponent')
  fields.finish()
  if (!isOdd(modulus)) throw new Malformed('the RSA modulus is even')
  if (modulus.bits === 1) throw new Malformed('the RSA modulus is 1')
  if (!isOdd(exponent)) throw new Malformed('the RSA exponent is even')
  if (exponent.bits === 1) throw new Malformed('the RSA exponent is 1')
  return { type, spki, bits: modulus.bits, exponentBits: exponent.bits, pss }
}
