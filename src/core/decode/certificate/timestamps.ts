import { contentOf, Malformed, single, tags } from '../der/der.ts'
import { hex } from '../der/primitives.ts'

/** A signed certificate timestamp, without its signature: RFC 6962 §3.2. */
export interface CertificateTimestamp {
  /** 0 for version 1. */
  readonly version: number
  /** SHA-256 of the log's key in lower-case hex; null for versions of unknown form. */
  readonly logId: string | null
  /** Milliseconds since 1970-01-01T00:00:00Z; null for versions of unknown form. */
  readonly timestamp: number | null
}

/** RFC 6962 §3.3: the SignedCertificateTimestampList of the extension. Throws `Malformed`. */
export const readTimestamps = (value: Uint8Array): readonly CertificateTimestamp[] => {
  const outer = vectorAt(contentOf(single(value, tags.octetString, 'the list of timestamps')), 0)
  if (outer.next !== outer.whole) throw new Malformed('the list of timestamps has octets after its end')
  const timestamps: CertificateTimestamp[] = []
  for (let at = 0; at < outer.contents.length; ) {
    const { contents, next } = vectorAt(outer.contents, at)
    timestamps.push(timestampOf(contents))
    at = next
  }
  if (timestamps.length === 0) throw new Malformed('the list of timestamps is empty')
  return timestamps
}

/** A TLS vector with a length of two octets (RFC 8446 §3.4), and where it ends. */
const vectorAt = (
  bytes: Uint8Array,
  at: number
): { readonly contents: Uint8Array; readonly next: number; readonly whole: number } => {
  const start = at + 2
  const next = start + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
  if (start > bytes.length || next > bytes.length) throw new Malformed('a list of timestamps is cut short')
  return { contents: bytes.subarray(start, next), next, whole: bytes.length }
}

const fixedOctets = 41

const timestampOf = (octets: Uint8Array): CertificateTimestamp => {
  const [version] = octets
  if (version === undefined) throw new Malformed('a timestamp is empty')
  if (version !== 0) return { version, logId: null, timestamp: null }
  if (octets.length < fixedOctets) throw new Malformed('a timestamp is cut short')
  const milliseconds = octets.subarray(33, fixedOctets).reduce((sum, octet) => sum * 256 + octet, 0)
  return { version, logId: hex(octets.subarray(1, 33)), timestamp: milliseconds }
}
