import { readIssuingDistributionPoint } from '../decode/certificate/distribution-points.ts'
import { single, tags } from '../decode/der/der.ts'
import { hex, readInteger } from '../decode/der/primitives.ts'
import { crlExtensionOids as oids } from '../model/crl.ts'
import { reasonFlagNames } from './bits.ts'
import { type Decoder, type Decoders, distributionPointName } from './decoder.ts'

/** RFC 5280 §5.2.3: up to 20 octets, in lower-case hex. */
const number: Decoder = (value) => hex(readInteger(single(value, tags.integer, 'a CRL number'), 'a CRL number'))

const issuingDistributionPoint: Decoder = (value) => {
  const { name, onlySomeReasons, ...flags } = readIssuingDistributionPoint(value)
  return {
    ...distributionPointName(name),
    ...flags,
    onlySomeReasons: onlySomeReasons === undefined ? null : reasonFlagNames(onlySomeReasons)
  }
}

/** The extensions that CRLs alone have: RFC 5280 §5.2. */
export const crlDecoders: Decoders = new Map([
  [oids.cRLNumber, { name: 'cRLNumber', decode: number }],
  [oids.deltaCRLIndicator, { name: 'deltaCRLIndicator', decode: number }],
  [oids.issuingDistributionPoint, { name: 'issuingDistributionPoint', decode: issuingDistributionPoint }]
])
