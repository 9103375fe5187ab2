import { contextConstructed, tags } from '../decode/der/der.ts'
import { encode, encodeKnownOid as oid } from '../decode/der/encode.ts'

/** What a message may hold, as DER; each kind in its order. */
export interface MessageContents {
  readonly certificates: readonly Uint8Array[]
  readonly crls?: readonly Uint8Array[]
}

/**
 * A certs-only message: RFC 8551 §3.8, RFC 5652 §5.1 with neither content nor signers.
 *
 * The certificates stand in the order in which they are given and not in that which DER has for a SET OF, as OpenSSL's
 * crl2pkcs7 and all readers have it: nothing is signed over them, and a chain has an order.
 */
export const certsOnlyMessage = ({ certificates, crls = [] }: MessageContents): Uint8Array => {
  const data = encode(
    tags.sequence,
    encode(tags.integer, Uint8Array.of(1)),
    encode(tags.set),
    encode(tags.sequence, oid('1.2.840.113549.1.7.1')),
    ...(certificates.length === 0 ? [] : [encode(contextConstructed(0), ...certificates)]),
    ...(crls.length === 0 ? [] : [encode(contextConstructed(1), ...crls)]),
    encode(tags.set)
  )
  return encode(tags.sequence, oid('1.2.840.113549.1.7.2'), encode(contextConstructed(0), data))
}
