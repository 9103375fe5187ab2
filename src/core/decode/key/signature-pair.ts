import { attempt, single, tags, within } from '../der/der.ts'
import { readPositive } from '../der/integer-bits.ts'

/**
 * Whether octets are a Dss-Sig-Value or ECDSA-Sig-Value (RFC 3279 §2.2.2 and §2.2.3) in strict DER, of two positive
 * numbers, with nothing after it. OpenSSL's own readings have differed over the years.
 */
export const isSignaturePair = (signature: Uint8Array): boolean =>
  attempt(() => {
    const fields = within(single(signature, tags.sequence, 'the signature'), 'the signature')
    readPositive(fields, 'r', 'r')
    readPositive(fields, 's', 's')
    fields.finish()
  }).ok
