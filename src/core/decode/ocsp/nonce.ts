import { contentOf, Malformed, single, tags } from '../der/der.ts'

/** RFC 9654 §2.1: `Nonce ::= OCTET STRING(SIZE(1..128))`. */
const mostNonceOctets = 128

export const isNonce = ({ length }: Uint8Array): boolean => length >= 1 && length <= mostNonceOctets

/** The value of the extension nonce. Call within `attempt`. */
export const readNonce = (value: Uint8Array): Uint8Array => {
  const nonce = contentOf(single(value, tags.octetString, 'the nonce'))
  if (!isNonce(nonce)) throw new Malformed(`the nonce has ${nonce.length} octets in place of 1 to ${mostNonceOctets}`)
  return nonce
}
