/** RFC 8446 §5.1; RFC 5246 §6.2.1 has the same. */
export const contentTypes = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const

/** A record as it came. */
export interface TlsRecord {
  readonly type: number
  /** Five octets: what is sealed in TLS 1.3 is sealed with them. */
  readonly header: Uint8Array
  readonly fragment: Uint8Array
}

const headerLength = 5
/** RFC 5246 §6.2.3: 2^14 and 2,048 for what protects it; RFC 8446 §5.2 has less. */
const longestFragment = 18_432

/** The records at the beginning of what was received, up to the first that is not whole or is none. */
export function* recordsOf(received: Uint8Array): Iterable<TlsRecord> {
  let at = 0
  while (at + headerLength <= received.length) {
    const header = received.subarray(at, at + headerLength)
    const [type = 0, major = 0, , high = 0, low = 0] = header
    const length = high * 256 + low
    const end = at + headerLength + length
    if (!looksLikeRecord(type, major) || length > longestFragment || end > received.length) return
    yield { type, header, fragment: received.subarray(at + headerLength, end) }
    at = end
  }
}

/** Whether something begins as TLS does. */
export const beginsAsTls = ([type = 0, major = 3]: Uint8Array): boolean => looksLikeRecord(type, major)

const looksLikeRecord = (type: number, major: number): boolean =>
  type >= contentTypes.changeCipherSpec && type <= contentTypes.applicationData && major === 3
