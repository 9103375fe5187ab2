import type { RevokedEntry } from '../../model/crl.ts'
import { attempt, type Element, Malformed, tags } from '../der/der.ts'
import { DerCursor } from '../der/der-cursor.ts'
import { readTime } from '../der/time.ts'
import { EntryExtensionReader, noEntryExtensions } from './crl-entry-extensions.ts'
import { EntryIssuers } from './entry-issuers.ts'
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
  find(serialNumber: string, issuer: string): RevokedEntry | undefined
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

/**
 * Reads every entry of the `revokedCertificates`, in time and memory that grow with its octets. `own` is the key of the name
 * of the CRL's issuer.
 */
export const indexEntries = (list: Element, own: string): CrlEntries => {
  const pass = new Pass(list, own)
  const read = attempt(() => pass.run())
  const { count, extended, namesIssuers, removes, unknownCritical } = pass
  return {
    count,
    extended,
    namesIssuers,
    removes,
    unknownCritical,
    malformed: read.ok ? undefined : `entry ${count + 1} of the list is malformed: ${read.reason}`,
    find: (serialNumber, issuer) => pass.find(minimalOctets(serialNumber), issuer)
  }
}

class Pass {
  count = 0
  extended = false
  namesIssuers = false
  removes = false
  unknownCritical: string | undefined
  readonly #list: Element
  readonly #issuers: EntryIssuers
  readonly #serials: SerialIndex
  readonly #reader: EntryExtensionReader
  readonly #entry: DerCursor
  readonly #field: DerCursor
  /** The extensions that were read last. Most entries have the very octets of the one before, as a reason alone. */
  #last = noEntryExtensions
  #lastStart = 0
  #lastLength = 0

  constructor(list: Element, own: string) {
    const { bytes, content, end } = list
    this.#list = list
    this.#issuers = new EntryIssuers(bytes, own)
    this.#serials = new SerialIndex(bytes, Math.ceil((end - content) / shortestEntry))
    this.#reader = new EntryExtensionReader(bytes, this.#issuers)
    this.#entry = new DerCursor(bytes)
    this.#field = new DerCursor(bytes)
  }

  run(): void {
    const { content, end } = this.#list
    const entry = this.#entry
    const field = this.#field
    // RFC 5280 §5.3.3: the CRL's issuer, until an entry names another one, who then holds for those that follow.
    let issuer = 0
    for (let at = content; at < end; at = entry.end) {
      this.#open(at, end)
      checkSerialNumber(field)
      field.moveTo(field.end, entry.end)
      readTime(field, 'its revocationDate')
      if (field.end < entry.end) {
        this.#readExtensions()
        issuer = this.#last.issuer ?? issuer
      }
      this.#serials.add(entry.start, issuer)
      this.count++
    }
  }

  find(serial: Uint8Array, issuer: string): RevokedEntry | undefined {
    for (const number of this.#issuers.numbersOf(issuer)) {
      const offset = this.#serials.find(serial, number)
      if (offset !== undefined) return this.#entryAt(offset)
    }
    return undefined
  }

  /** Moves to the entry at an offset, and to its serial number. */
  #open(at: number, limit: number): void {
    this.#entry.expect(at, limit, tags.sequence, 'entry')
    this.#field.expect(this.#entry.content, this.#entry.end, tags.integer, 'userCertificate')
  }

  #readExtensions(): void {
    const entry = this.#entry
    const field = this.#field
    field.expect(field.end, entry.end, tags.sequence, 'crlEntryExtensions')
    if (field.end !== entry.end) throw new Malformed('it has octets after its last field')
    this.extended = true
    if (this.#isLast(field.start, field.end)) return
    this.#last = this.#reader.read(field.content, field.end)
    this.namesIssuers ||= this.#last.issuer !== undefined
    this.removes ||= this.#last.reason === 'removeFromCRL'
    this.unknownCritical ??= this.#last.unknownCritical
    this.#lastStart = field.start
    this.#lastLength = field.end - field.start
  }

  #isLast(start: number, end: number): boolean {
    const length = end - start
    if (length !== this.#lastLength) return false
    const { bytes } = this.#list
    for (let i = 0; i < length; i++) if (bytes[start + i] !== bytes[this.#lastStart + i]) return false
    return true
  }

  /** The entry at an offset. It was read before, so it is well formed. */
  #entryAt(offset: number): RevokedEntry {
    this.#open(offset, this.#list.end)
    const field = this.#field
    field.moveTo(field.end, this.#entry.end)
    const revokedAt = readTime(field, 'its revocationDate')
    if (field.end === this.#entry.end) return { revokedAt, reason: undefined, invalidityDate: undefined }
    field.moveTo(field.end, this.#entry.end)
    const { reason, invalidityDate } = this.#reader.read(field.content, field.end)
    return { revokedAt, reason, invalidityDate }
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
  const octets = octetsOf(hex)
  let start = 0
  while (start + 1 < octets.length) {
    const first = octets[start]
    const sign = (octets[start + 1] ?? 0) & 0x80
    if (!((first === 0 && sign === 0) || (first === 0xff && sign !== 0))) break
    start++
  }
  return start === 0 ? octets : octets.subarray(start)
}

/** Of lower-case digits, two for each. For so few of them that is quicker than to have a Buffer made. */
const octetsOf = (hex: string): Uint8Array => {
  const octets = new Uint8Array(hex.length >> 1)
  for (let at = 0; at < octets.length; at++) {
    octets[at] = (digit(hex.charCodeAt(2 * at)) << 4) | digit(hex.charCodeAt(2 * at + 1))
  }
  return octets
}

/** Of `0` to `9` the last four bits, of `a` to `f` nine more. Digits come at random, so a branch would often be guessed wrong. */
const digit = (code: number): number => (code & 0xf) + 9 * (code >> 6)
