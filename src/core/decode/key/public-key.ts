import type { AlgorithmIdentifier } from '../../model/certificate.ts'
import { fault } from '../../model/finding.ts'
import type { PublicKey } from '../../model/public-key.ts'
import { attempt, Malformed, single, tags, within } from '../der/der.ts'
import { readOctetBits } from '../der/primitives.ts'
import { nextAlgorithmIdentifier } from './algorithm.ts'
import { readDsaKey } from './dsa-key.ts'
import { readEcKey } from './ec-key.ts'
import { fixedKeys } from './fixed-keys.ts'
import type { KeyFault } from './key-fault.ts'
import { readRsaKey } from './rsa-key.ts'

export type { KeyFault } from './key-fault.ts'

export type KeyReading =
  | { readonly ok: true; readonly value: PublicKey }
  | { readonly ok: false; readonly fault: KeyFault }

/**
 * Reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) as strict DER.
 *
 * Looks at structure and sizes alone, so that a key whose arithmetic would be endless or undefined never reaches any:
 * nothing is computed and nothing imported here.
 */
export const readPublicKey = (spki: Uint8Array): KeyReading => {
  const read = attempt(() => {
    const fields = within(single(spki, tags.sequence, 'the SubjectPublicKeyInfo'), 'the SubjectPublicKeyInfo')
    const algorithm = nextAlgorithmIdentifier(fields, 'the key’s AlgorithmIdentifier')
    const value = readOctetBits(fields.expect(tags.bitString, 'subjectPublicKey'), 'the subjectPublicKey')
    fields.finish()
    return keyOf(spki, algorithm, value)
  })
  if (!read.ok) return { ok: false, fault: fault('public-key-malformed', { reason: read.reason }) }
  return 'code' in read.value ? { ok: false, fault: read.value } : { ok: true, value: read.value }
}

const keyOf = (spki: Uint8Array, algorithm: AlgorithmIdentifier, value: Uint8Array): PublicKey | KeyFault => {
  switch (algorithm.oid) {
    case '1.2.840.113549.1.1.1':
      return readRsaKey('rsa', spki, algorithm, value)
    case '1.2.840.113549.1.1.10':
      return readRsaKey('rsa-pss', spki, algorithm, value)
    case '1.2.840.10045.2.1':
      return readEcKey(spki, algorithm, value)
    case '1.2.840.10040.4.1':
      return readDsaKey(spki, algorithm, value)
    default:
      return readFixedKey(spki, algorithm, value)
  }
}

/** Keys whose OID says all: without parameters, and of one length. What is of no known OID is not looked into. */
const readFixedKey = (spki: Uint8Array, algorithm: AlgorithmIdentifier, value: Uint8Array): PublicKey => {
  const kind = fixedKeys.get(algorithm.oid)
  if (kind === undefined) return { type: 'other', spki, bits: undefined, algorithm: algorithm.oid }
  if (algorithm.parameters !== undefined)
    throw new Malformed(`the ${kind.name} key has parameters, which must be absent`)
  if (value.length !== kind.octets) {
    throw new Malformed(`the ${kind.name} key has ${value.length} octets in place of ${kind.octets}`)
  }
  return kind.key(spki)
}

/** What the subjectPublicKey of a SubjectPublicKeyInfo holds, whatever kind of key it is; undefined where it cannot be split. */
export const subjectPublicKeyOf = (spki: Uint8Array): Uint8Array | undefined => {
  const read = attempt(() => {
    const fields = within(single(spki, tags.sequence, 'the SubjectPublicKeyInfo'), 'the SubjectPublicKeyInfo')
    fields.expect(tags.sequence, 'algorithm')
    return readOctetBits(fields.expect(tags.bitString, 'subjectPublicKey'), 'the subjectPublicKey')
  })
  return read.ok ? read.value : undefined
}
