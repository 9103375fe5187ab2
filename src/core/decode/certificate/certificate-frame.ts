import type { Certificate } from '../../model/certificate.ts'
import { fault } from '../../model/finding.ts'
import type { Element } from '../der/der.ts'
import { checkBits, readInteger } from '../der/primitives.ts'
import { signatureAlgorithmName } from '../key/signature-algorithm.ts'
import { type CertificateParts, versionNumber } from './certificate-parts.ts'
import type { Reading } from './reading.ts'

/** RFC 5280 §4.1.2.1: the default is version 1; 0 where it cannot be read. `wrapper` is the explicit tag [0], if it is there. */
export const readVersion = (wrapper: Element | undefined, reading: Reading): number => {
  if (wrapper === undefined) return 1
  const octets = reading.attempt(() => versionNumber(wrapper))
  const number = octets?.length === 1 ? (octets[0] ?? 0) + 1 : 0
  if (number === 1) {
    const details = { field: 'version', reason: 'has its default value encoded' }
    reading.noteOddity(fault('encoding-not-distinguished', details))
  }
  if (number < 1 || number > 3) {
    reading.noteFault(fault('version-unsupported', { version: number, reason: 'there is no such version' }))
  }
  return number
}

/** RFC 5280 §4.1.1.2, §4.1.2.1, §4.1.2.2 and §4.1.2.8: what the fields say of one another. */
export const checkFrame = (
  parts: CertificateParts,
  certificate: Pick<Certificate, 'version' | 'signatureAlgorithm' | 'innerSignatureAlgorithm'>,
  reading: Reading
): void => {
  const { serialNumber, uniqueIdentifiers, extensions } = parts
  reading.attempt(() => readInteger(serialNumber, 'serialNumber'))
  for (const identifier of uniqueIdentifiers) reading.attempt(() => checkBits(identifier, 'unique identifier'))
  const { version, signatureAlgorithm: outer, innerSignatureAlgorithm: inner } = certificate
  if (extensions !== undefined && version < 3) {
    reading.noteFault(fault('version-unsupported', { version, reason: 'extensions are of version 3' }))
  }
  if (uniqueIdentifiers.length > 0 && version === 1) {
    reading.noteFault(fault('version-unsupported', { version, reason: 'unique identifiers are of version 2' }))
  }
  if (outer !== undefined && inner !== undefined && Buffer.compare(outer.der, inner.der) !== 0) {
    const names = { outer: signatureAlgorithmName(outer.oid), inner: signatureAlgorithmName(inner.oid) }
    reading.noteFault(fault('signature-algorithm-mismatch', names))
  }
}
