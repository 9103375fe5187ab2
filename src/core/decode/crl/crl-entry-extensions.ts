import { crlExtensionOids as oids, type RevocationReason, revocationReasons } from '../../model/crl.ts'
import { readExtensions } from '../certificate/extensions.ts'
import { contentOf, DerReader, type Element, Malformed, single, tags } from '../der/der.ts'
import { readInteger } from '../der/primitives.ts'
import { readTime } from '../der/time.ts'
import { readGeneralNames } from '../name/general-name.ts'

/** RFC 5280 §5.3: what an entry says beside its serial number and date. */
export interface EntryExtensions {
  readonly reason: RevocationReason | undefined
  readonly invalidityDate: number | undefined
  readonly namesIssuer: boolean
  readonly unknownCritical: string | undefined
}

export const noEntryExtensions: EntryExtensions = {
  reason: undefined,
  invalidityDate: undefined,
  namesIssuer: false,
  unknownCritical: undefined
}

/** The crlEntryExtensions that come next, with nothing after them. Call within `attempt`. */
export const readEntryExtensions = (reader: DerReader): EntryExtensions => {
  const { extensions } = readExtensions(reader)
  const seen = new Set<string>()
  let { reason, invalidityDate, namesIssuer, unknownCritical } = noEntryExtensions
  for (const { oid, critical, value } of extensions) {
    if (seen.has(oid)) throw new Malformed(`its extension ${oid} is there more than once`)
    seen.add(oid)
    if (oid === oids.reasonCode) {
      reason = readReason(value)
    } else if (oid === oids.invalidityDate) {
      invalidityDate = readTime(single(value, tags.generalizedTime, 'invalidityDate'), 'invalidityDate')
    } else if (oid === oids.certificateIssuer) {
      readGeneralNames(contentOf(single(value, tags.sequence, 'certificateIssuer')), 'certificateIssuer')
      namesIssuer = true
    } else if (critical) {
      unknownCritical ??= oid
    }
  }
  return { reason, invalidityDate, namesIssuer, unknownCritical }
}

/** RFC 5280 §5.3.1 */
const readReason = (value: Uint8Array): RevocationReason => {
  const octets = readInteger(single(value, tags.enumerated, 'reasonCode'), 'reasonCode')
  const reason = octets.length === 1 ? revocationReasons[octets[0] ?? 7] : undefined
  if (reason === undefined) throw new Malformed('its reasonCode is none that is defined')
  return reason
}

/**
 * Holds the extensions of entry after entry to their form, and remembers what the CRL as a whole must not have. Most
 * entries have the very octets of the one before, as a reason alone: these are not read again.
 */
export class CrlEntryExtensions {
  namesIssuers = false
  removes = false
  unknownCritical: string | undefined
  readonly #bytes: Uint8Array
  #lastStart = 0
  #lastLength = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  check({ start, end }: Element): void {
    if (this.#isLast(start, end)) return
    const read = readEntryExtensions(new DerReader(this.#bytes, 'its list of extensions', start, end))
    this.namesIssuers ||= read.namesIssuer
    this.removes ||= read.reason === 'removeFromCRL'
    this.unknownCritical ??= read.unknownCritical
    this.#lastStart = start
    this.#lastLength = end - start
  }

  #isLast(start: number, end: number): boolean {
    const length = end - start
    if (length !== this.#lastLength) return false
    const bytes = this.#bytes
    for (let i = 0; i < length; i++) if (bytes[start + i] !== bytes[this.#lastStart + i]) return false
    return true
  }
}
