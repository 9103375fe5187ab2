import { type BaseBlock, Constructed, fromBER, Sequence } from 'asn1js'
import { ContentInfo } from 'pkijs'
import type { Decoded } from './der.ts'

/** What a certs-only CMS message carries, as the octets that came. */
export interface CmsContents {
  readonly certificates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
}

/** Deep enough for CMS around certificates, and enough nodes for several hundred of them. */
const parserLimits = { maxDepth: 64, maxNodes: 100_000, maxContentLength: 2 ** 26, parseEmbedded: false } as const

const signedData = '1.2.840.113549.1.7.2'

const failure = (reason: string): Decoded<CmsContents> => ({ ok: false, reason })

/**
 * Reads the certificates and CRLs of a CMS SignedData (RFC 5652 §5.1, PKCS#7), in BER or DER. Signatures in it are not
 * looked at: certs-only messages have none, and nothing is believed because it came in one.
 */
export const readCms = (octets: Uint8Array): Decoded<CmsContents> => {
  try {
    const { offset, result } = fromBER(octets, parserLimits)
    if (offset === -1 || result.error !== '') return failure('it is no well-formed CMS message, or a larger one than is read here')
    if (offset !== octets.length) return failure('octets follow after the CMS message')
    const { contentType, content } = new ContentInfo({ schema: result })
    if (contentType !== signedData) return failure('it is a CMS message of another type than SignedData, so it carries no certificates')
    return content instanceof Sequence ? { ok: true, value: contentsOf(content) } : failure('its SignedData is no SEQUENCE')
  } catch {
    // PKI.js and asn1js throw on what they cannot make sense of; their words would tell a person nothing.
    return failure('it is no well-formed CMS message')
  }
}

/** RFC 5652 §5.1: certificates are [0] IMPLICIT, crls [1] IMPLICIT; what else may stand in these lists has a tag of its own. */
const contentsOf = (content: Sequence): CmsContents => {
  const listed = (tagNumber: number): readonly Uint8Array[] =>
    content.valueBlock.value
      .filter((field): field is Constructed => field instanceof Constructed && isContext(field, tagNumber))
      .flatMap((field) => field.valueBlock.value)
      .filter((item) => item instanceof Sequence)
      .map(({ valueBeforeDecodeView }) => valueBeforeDecodeView)
  return { certificates: listed(0), crls: listed(1) }
}

const contextSpecific = 3

const isContext = ({ idBlock }: BaseBlock, tagNumber: number): boolean =>
  idBlock.tagClass === contextSpecific && idBlock.tagNumber === tagNumber
