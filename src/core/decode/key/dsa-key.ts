import type { AlgorithmIdentifier } from '../../model/certificate.ts'
import { fault } from '../../model/finding.ts'
import type { PublicKey } from '../../model/public-key.ts'
import { attempt, DerReader, Malformed, single, tags, within } from '../der/der.ts'
import { isOdd, type Positive, readPositive } from '../der/integer-bits.ts'
import { isNull } from './algorithm.ts'
import type { KeyFault } from './key-fault.ts'

const maximumPrimeBits = 8192

/** FIPS 186-4 §4.2: the sizes of q. */
const subgroupBits: readonly number[] = [160, 224, 256]

/**
 * An id-dsa key (RFC 3279 §2.3.2). Its parameters may be omitted, and are its issuer's then; RFC 5280 §6.1.4 (e) has
 * NULL mean the same. `bits` is 0 until they are known.
 */
export const readDsaKey = (
  spki: Uint8Array,
  algorithm: AlgorithmIdentifier,
  value: Uint8Array
): PublicKey | KeyFault => {
  const reader = new DerReader(value, 'the DSA key')
  const y = readPositive(reader, 'public value', 'the DSA public value')
  reader.finish()
  const { parameters } = algorithm
  if (parameters === undefined || isNull(parameters)) {
    if (y.bits > maximumPrimeBits) return tooLarge(y.bits)
    return { type: 'dsa', spki, bits: 0, parameters: undefined, value }
  }
  const bits = primeBits(parameters, y)
  return typeof bits === 'number' ? { type: 'dsa', spki, bits, parameters, value } : bits
}

/** The bits of p in Dss-Parms, if a verification with them and `y` is sound and bounded. */
const primeBits = (parameters: Uint8Array, y: Positive): number | KeyFault => {
  const fields = within(single(parameters, tags.sequence, 'the Dss-Parms'), 'the Dss-Parms')
  const p = readPositive(fields, 'prime p', 'the DSA prime p')
  const q = readPositive(fields, 'prime q', 'the DSA prime q')
  const g = readPositive(fields, 'generator g', 'the DSA generator g')
  fields.finish()
  if (p.bits > maximumPrimeBits) return tooLarge(p.bits)
  if (!isOdd(p) || !isOdd(q)) throw new Malformed('a prime of the DSA parameters is even')
  if (q.bits >= p.bits) throw new Malformed('the DSA prime q is not less than p')
  if (g.bits === 1 || g.bits > p.bits) throw new Malformed('the DSA generator g is not between 1 and p')
  if (y.bits === 1 || y.bits > p.bits) throw new Malformed('the DSA public value is not between 1 and p')
  if (!subgroupBits.includes(q.bits)) {
    return fault('public-key-unsupported', { reason: `its DSA prime q has ${q.bits} bits` }, 'RFC 3279 §2.3.2')
  }
  return p.bits
}

const tooLarge = (bits: number): KeyFault =>
  fault('public-key-unsupported', {
    reason: `its DSA prime p has ${bits} bits, and at most ${maximumPrimeBits} are accepted`
  })

/**
 * A DSA key that has inherited its parameters: `value` is its BIT STRING's octets. The SubjectPublicKeyInfo is made anew, as
 * the import needs it whole; nothing signed is touched. Undefined where parameters and value do not fit.
 */
export const dsaKeyWith = (value: Uint8Array, parameters: Uint8Array): PublicKey | undefined => {
  const read = attempt(() =>
    primeBits(parameters, readPositive(new DerReader(value, 'the DSA key'), 'public value', 'y'))
  )
  if (!read.ok || typeof read.value !== 'number') return undefined
  const algorithm = tlv(tags.sequence, dsaOid, parameters)
  const spki = tlv(tags.sequence, algorithm, tlv(tags.bitString, Uint8Array.of(0), value))
  return { type: 'dsa', spki, bits: read.value, parameters, value }
}

/** The OBJECT IDENTIFIER 1.2.840.10040.4.1 */
const dsaOid = Uint8Array.of(tags.oid, 7, 0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1)

/** An element in DER, of fewer than 65,536 octets. */
const tlv = (tag: number, ...contents: readonly Uint8Array[]): Uint8Array => {
  const length = contents.reduce((sum, part) => sum + part.length, 0)
  return new Uint8Array(Buffer.concat([Uint8Array.of(tag, ...lengthOctets(length)), ...contents]))
}

const lengthOctets = (length: number): readonly number[] => {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}
