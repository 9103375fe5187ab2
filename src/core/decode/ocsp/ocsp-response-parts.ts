import { type OcspResponseStatus, ocspOids, ocspStatuses } from '../../model/ocsp.ts'
import {
  attempt,
  contentOf,
  contextConstructed,
  type Decoded,
  type DerReader,
  derOf,
  type Element,
  Malformed,
  single,
  tags,
  within
} from '../der/der.ts'
import { readInteger, readOid } from '../der/primitives.ts'

/** Where the fields of a BasicOCSPResponse lie in its DER. */
export interface BasicResponseParts {
  /** ResponseData as it came. */
  readonly tbs: Uint8Array
  /** What the explicit tag [0] holds. */
  readonly version: Element | undefined
  readonly responder: Element
  readonly producedAt: Element
  readonly responses: Element
  /** What the explicit tag [1] holds. */
  readonly extensions: Element | undefined
  readonly algorithm: Element
  readonly signature: Element
  /** What the explicit tag [0] holds. */
  readonly certificates: Element | undefined
}

export interface OcspResponseParts {
  readonly status: OcspResponseStatus
  /** Undefined where the status is another than successful. */
  readonly basic: BasicResponseParts | undefined
}

/**
 * RFC 6960 §4.2.1: OCSPResponse, and of a BasicOCSPResponse what has to be split before anything can be said about it. A
 * failure means that the response is unreadable.
 */
export const splitOcspResponse = (der: Uint8Array): Decoded<OcspResponseParts> =>
  attempt(() => {
    const fields = within(single(der, tags.sequence, 'the OCSPResponse'), 'the OCSPResponse')
    const status = readStatus(fields.expect(tags.enumerated, 'responseStatus'))
    const wrapper = fields.optional(contextConstructed(0))
    fields.finish()
    if (status !== 'successful') {
      if (wrapper !== undefined) throw new Malformed(`its status is ${status}, and it holds a response`)
      return { status, basic: undefined }
    }
    if (wrapper === undefined) throw new Malformed('its status is successful, and it holds no response')
    return { status, basic: splitBasicResponse(basicResponseIn(wrapper)) }
  })

const readStatus = (element: Element): OcspResponseStatus => {
  const octets = readInteger(element, 'responseStatus')
  const status = octets.length === 1 ? ocspStatuses[octets[0] ?? 4] : undefined
  if (status === undefined) throw new Malformed('its status is none that OCSP has')
  return status
}

/** The DER of the BasicOCSPResponse within ResponseBytes. */
const basicResponseIn = (wrapper: Element): Uint8Array => {
  const outer = within(wrapper, 'responseBytes')
  const bytes = outer.sequence('ResponseBytes')
  outer.finish()
  const type = readOid(bytes.expect(tags.oid, 'responseType'), 'responseType')
  const response = contentOf(bytes.expect(tags.octetString, 'response'))
  bytes.finish()
  if (type !== ocspOids.basicResponse) throw new Malformed(`it is of the type ${type}, which is not understood`)
  return response
}

const splitBasicResponse = (der: Uint8Array): BasicResponseParts => {
  const response = within(single(der, tags.sequence, 'the BasicOCSPResponse'), 'the BasicOCSPResponse')
  const tbs = response.expect(tags.sequence, 'tbsResponseData')
  const algorithm = response.expect(tags.sequence, 'signatureAlgorithm')
  const signature = response.expect(tags.bitString, 'signature')
  const certificates = response.optional(contextConstructed(0))
  response.finish()

  const data = within(tbs, 'the ResponseData')
  const version = data.optional(contextConstructed(0))
  const responder = readResponderChoice(data)
  const producedAt = data.expect(tags.generalizedTime, 'producedAt')
  const responses = data.expect(tags.sequence, 'responses')
  const extensions = data.optional(contextConstructed(1))
  data.finish()
  return { tbs: derOf(tbs), version, responder, producedAt, responses, extensions, algorithm, signature, certificates }
}

const readResponderChoice = (data: DerReader): Element => {
  const { nextTag } = data
  if (nextTag !== contextConstructed(1) && nextTag !== contextConstructed(2)) data.fail('has no responderID')
  return data.element()
}
