import { crlExtensionOids, type RevocationReason, revocationReasons } from '../../model/crl.ts'
import { type Element, Malformed, tags } from '../der/der.ts'
import { DerCursor } from '../der/der-cursor.ts'
import { readBoolean, readOid } from '../der/primitives.ts'
import { readTime } from '../der/time.ts'
import type { EntryIssuers } from './entry-issuers.ts'

/** RFC 5280 §5.3: what an entry says beside its serial number and date. */
export interface EntryExtensions {
  readonly reason: RevocationReason | undefined
  readonly invalidityDate: number | undefined
  /** The number of the issuer that it names, among `EntryIssuers`. */
  readonly issuer: number | undefined
  readonly unknownCritical: string | undefined
}

export const noEntryExtensions: EntryExtensions = {
  reason: undefined,
  invalidityDate: undefined,
  issuer: undefined,
  unknownCritical: undefined
}

const { reasonCode, invalidityDate, certificateIssuer } = crlExtensionOids

/** Reads the extensions of entry after entry, with cursors in place of an object for each element. */
export class EntryExtensionReader {
  readonly #issuers: EntryIssuers
  readonly #extension: DerCursor
  readonly #field: DerCursor
  readonly #value: DerCursor

  constructor(bytes: Uint8Array, issuers: EntryIssuers) {
    this.#issuers = issuers
    this.#extension = new DerCursor(bytes)
    this.#field = new DerCursor(bytes)
    this.#value = new DerCursor(bytes)
  }

  /** The crlEntryExtensions between `content` and `end`, within their SEQUENCE. Throws `Malformed`. */
  read(content: number, end: number): EntryExtensions {
    if (content === end) throw new Malformed('its list of extensions is empty')
    const seen: string[] = []
    let reason: RevocationReason | undefined
    let date: number | undefined
    let issuer: number | undefined
    let unknownCritical: string | undefined
    for (let at = content; at < end; at = this.#extension.end) {
      const critical = this.#open(at, end, seen)
      switch (seen.at(-1)) {
        case reasonCode:
          reason = this.#readReason()
          break
        case invalidityDate:
          this.#expect(tags.generalizedTime, 'invalidityDate')
          date = readTime(this.#value, 'its invalidityDate')
          break
        case certificateIssuer:
          this.#expect(tags.sequence, 'certificateIssuer')
          issuer = this.#issuers.numberOf(this.#value.content, this.#value.end)
          break
        default:
          if (critical) unknownCritical ??= seen.at(-1)
      }
    }
    return { reason, invalidityDate: date, issuer, unknownCritical }
  }

  /** Enters an extension: its OID goes to `seen`, `#field` stands on its extnValue; gives whether it is critical. */
  #open(at: number, limit: number, seen: string[]): boolean {
    this.#extension.expect(at, limit, tags.sequence, 'extension')
    const { content, end } = this.#extension
    const field = this.#field
    field.expect(content, end, tags.oid, 'extnID')
    const oid = oidOf(field)
    if (seen.includes(oid)) throw new Malformed(`its extension ${oid} is there more than once`)
    if (seen.push(oid) > mostExtensions) throw new Malformed(`it has more than ${mostExtensions} extensions`)
    field.moveTo(field.end, end)
    const encoded = field.tag === tags.boolean
    const critical = encoded && readBoolean(field, 'critical')
    if (encoded) field.moveTo(field.end, end)
    if (field.tag !== tags.octetString) throw new Malformed(`its extension ${oid} has no value`)
    if (field.end !== end) throw new Malformed(`its extension ${oid} has octets after its value`)
    return critical
  }

  /** Moves `#value` to the one element that the extnValue holds. */
  #expect(tag: number, what: string): void {
    this.#value.expect(this.#field.content, this.#field.end, tag, what)
    if (this.#value.end !== this.#field.end) throw new Malformed(`its ${what} has octets after its value`)
  }

  /** RFC 5280 §5.3.1 */
  #readReason(): RevocationReason {
    this.#expect(tags.enumerated, 'reasonCode')
    const { bytes, content, end } = this.#value
    const reason = end - content === 1 ? revocationReasons[bytes[content] ?? 7] : undefined
    if (reason === undefined) throw new Malformed('its reasonCode is none that is defined')
    return reason
  }
}

/** Looking for one that is there twice compares each with each. No entry has so many. */
const mostExtensions = 64

/** Extensions of X.509 have OIDs of three octets, 2.5.29.n with n below 128: read without a look into a table. */
const standardOids: readonly string[] = Array.from({ length: 128 }, (_, n) => `2.5.29.${n}`)

const oidOf = (element: Element): string => {
  const { bytes, content, end } = element
  const last = bytes[content + 2] ?? 0x80
  const standard = end - content === 3 && bytes[content] === 0x55 && bytes[content + 1] === 0x1d && last < 0x80
  return (standard ? standardOids[last] : undefined) ?? readOid(element, 'extnID')
}
