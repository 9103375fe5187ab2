import type { AlgorithmIdentifier } from '../../model/certificate.ts'
import { fault } from '../../model/finding.ts'
import type { PublicKey } from '../../model/public-key.ts'
import { Malformed, single, tags } from '../der/der.ts'
import { readOid } from '../der/primitives.ts'
import { isNull } from './algorithm.ts'
import type { KeyFault } from './key-fault.ts'

interface Curve {
  readonly name: string
  /** Of the field. */
  readonly bits: number
}

/** RFC 5480 §2.1.1.1, SEC 2 and RFC 5639 §4.1. Curves over fields of characteristic 2 are not among them on purpose. */
const curves = new Map<string, Curve>([
  ['1.2.840.10045.3.1.1', { name: 'P-192', bits: 192 }],
  ['1.3.132.0.33', { name: 'P-224', bits: 224 }],
  ['1.2.840.10045.3.1.7', { name: 'P-256', bits: 256 }],
  ['1.3.132.0.34', { name: 'P-384', bits: 384 }],
  ['1.3.132.0.35', { name: 'P-521', bits: 521 }],
  ['1.3.132.0.10', { name: 'secp256k1', bits: 256 }],
  ['1.3.36.3.3.2.8.1.1.1', { name: 'brainpoolP160r1', bits: 160 }],
  ['1.3.36.3.3.2.8.1.1.3', { name: 'brainpoolP192r1', bits: 192 }],
  ['1.3.36.3.3.2.8.1.1.5', { name: 'brainpoolP224r1', bits: 224 }],
  ['1.3.36.3.3.2.8.1.1.7', { name: 'brainpoolP256r1', bits: 256 }],
  ['1.3.36.3.3.2.8.1.1.9', { name: 'brainpoolP320r1', bits: 320 }],
  ['1.3.36.3.3.2.8.1.1.11', { name: 'brainpoolP384r1', bits: 384 }],
  ['1.3.36.3.3.2.8.1.1.13', { name: 'brainpoolP512r1', bits: 512 }]
])

const unsupported = (reason: string): KeyFault => fault('public-key-unsupported', { reason }, 'RFC 5480 §2.1.1')

/**
 * An id-ecPublicKey key (RFC 5480 §2.1.1): of a named curve, never of parameters spelt out or implied, whose arithmetic
 * a stranger would choose. Whether the point lies on its curve is for the import to tell.
 */
export const readEcKey = (
  spki: Uint8Array,
  algorithm: AlgorithmIdentifier,
  value: Uint8Array
): PublicKey | KeyFault => {
  const { parameters } = algorithm
  if (parameters === undefined) throw new Malformed('the elliptic-curve key does not name its curve')
  if (isNull(parameters)) return unsupported('its elliptic curve is implied, not named')
  if (parameters[0] === tags.sequence)
    return unsupported('its elliptic curve is spelt out in explicit parameters, not named')
  const oid = readOid(single(parameters, tags.oid, 'the name of the elliptic curve'), 'the name of the elliptic curve')
  const curve = curves.get(oid)
  if (curve === undefined) return unsupported(`its elliptic curve (${oid}) is not known`)
  checkPoint(value, Math.ceil(curve.bits / 8))
  return { type: 'ec', spki, bits: curve.bits, curve: curve.name, point: value }
}

/** RFC 5480 §2.2: 04 or 02 and 03 come first, and any other first octet (infinity, hybrid forms) MUST be refused. */
const checkPoint = (point: Uint8Array, octets: number): void => {
  const form = point[0]
  if (form === 0) throw new Malformed('the elliptic-curve point is the point at infinity')
  if (form !== 2 && form !== 3 && form !== 4)
    throw new Malformed('the elliptic-curve point is neither uncompressed nor compressed')
  const expected = form === 4 ? 1 + 2 * octets : 1 + octets
  if (point.length !== expected) {
    throw new Malformed(`the elliptic-curve point has ${point.length} octets where its curve needs ${expected}`)
  }
}
