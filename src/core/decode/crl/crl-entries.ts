import type { RevokedEntry } from '../../model/crl.ts'
import { attempt, DerReader, type Element, Malformed, tags } from '../der/der.ts'
import { DerCursor } from '../der/der-cursor.ts'
import { readTime } from '../der/time.ts'
import { CrlEntryExtensions, noEntryExtensions, readEntryExtensions } from './crl-entry-extensions.ts'
import { maximumSerialOctets, SerialIndex } from './serial-index.ts'

/** The revokedCertificates of a CRL (RFC 5280 §5.1.2.6), read in one pass and kept as offsets of their serial numbers. */
export interface CrlEntries {
  readonly count: number
  /** Whether some entry has extensions, which a CRL of version 1 must not have. */
  readonly extended: boolean
  /** Whether some entry names its certificate's issuer, as indirect CRLs do: RFC 5280 §5.3.3. */
  readonly namesIssuers: boolean
  /** Whether some entry has the reason removeFromCRL, as delta CRLs may: RFC 5280 §5.3.1. */
  readonly removes: boolean
  /** OID of a critical entry extension that is not understood. */
  readonly unknownCritical: string | undefined
  /** What is wrong with the first malformed entry, at which reading stops. */
  readonly malformed: string | undefined
  find(serialNumber: string): RevokedEntry | undefined
}

export const noEntries: CrlEntries = {
  count: 0,
  extended: false,
  namesIssuers: false,
  removes: false,
  unknownCritical: undefined,
  malformed: undefined,
  find: () => undefined
}

/** SEQUENCE, an INTEGER of one octet, a UTCTime. */
const shortestEntry = 20

/** Reads every entry of the `revokedCertificates`, in time and memory that grow with its octets. */
export const indexEntries = (list: Element): CrlEntries => {
  const { bytes, content, end } = list
  const serials = new SerialIndex(bytes, Math.ceil((end - content) / shortestEntry))
  const extensions = new CrlEntryExtensions(bytes)
  const entry = new DerCursor(bytes)
  const field = new DerCursor(bytes)
  let count = 0
  let extended = false
  const read = attempt(() => {
    for (let at = content; at < end; at = entry.end) {
      entry.expect(at, end, tags.sequence, 'entry')
      field.expect(entry.content, entry.end, tags.integer, 'userCertificate')
      checkSerialNumber(field)
      field.moveTo(field.end, entry.end)
      readTime(field, 'its revocationDate')
      if (field.end < entry.end) {
        field.expect(field.end, entry.end, tags.sequence, 'crlEntryExtensions')
        if (field.end !== entry.end) throw new Malformed('it has octets after its last field')
        extended = true
        extensions.check(field)
      }
      serials.add(entry.start)
      count++
    }
  })
  return {
    count,
    extended,
    namesIssuers: extensions.namesIssuers,
    removes: extensions.removes,
    unknownCritical: extensions.unknownCritical,
    malformed: read.ok ? undefined : `entry ${count + 1} of the list is malformed: ${read.reason}`,
    find: (serialNumber) => {
      const offset = serials.find(minimalOctets(serialNumber))
      return offset === undefined ? undefined : readEntry(bytes, offset, end)
    }
  }
}

/** X.690 §8.3.2: else the same number has two forms, and what is listed in one would not be found by the other. */
const checkSerialNumber = (integer: Element): void => {
  const { bytes, content, end } = integer
  const length = end - content
  if (length === 0) throw new Malformed('its serial number is an INTEGER without octets')
  if (length > maximumSerialOctets) throw new Malformed(`its serial number has more than ${maximumSerialOctets} octets`)
  if (length === 1) return
  const first = bytes[content] ?? 0
  const sign = (bytes[content + 1] ?? 0) & 0x80
  if ((first === 0 && sign === 0) || (first === 0xff && sign !== 0)) {
    throw new Malformed('its serial number is an INTEGER with a superfluous leading octet')
  }
}

/** The contents of the INTEGER that `hex` writes, without superfluous leading octets, as the index has them. */
const minimalOctets = (hex: string): Uint8Array => {
  const octets = Buffer.from(hex, 'hex')
  let start = 0
  while (start + 1 < octets.length) {
    const first = octets[start]
    const sign = (octets[start + 1] ?? 0) & 0x80
    if (!((first === 0 && sign === 0) || (first === 0xff && sign !== 0))) break
    start++
  }
  return octets.subarray(start)
}

/** The entry at an offset. It was read before, so it is well formed. */
const readEntry = (bytes: Uint8Array, offset: number, limit: number): RevokedEntry => {
  const reader = new DerReader(bytes, 'entry', offset, limit).sequence('entry')
  reader.expect(tags.integer, 'userCertificate')
  const revokedAt = readTime(reader.element(), 'revocationDate')
  const { reason, invalidityDate } = reader.done ? noEntryExtensions : readEntryExtensions(reader)
  return { revokedAt, reason, invalidityDate }
}
