import { TlsReader } from './tls-reader.ts'

/** RFC 8446 §4; RFC 6066 §8 for `certificateStatus`, RFC 8879 §7.2 for `compressedCertificate`. */
export const handshakeTypes = {
  serverHello: 2,
  certificate: 11,
  certificateStatus: 22,
  compressedCertificate: 25
} as const

export interface HandshakeMessage {
  readonly type: number
  readonly body: Uint8Array
}

/** The whole messages at the beginning of a stream of them. */
export function* messagesOf(stream: Uint8Array): Iterable<HandshakeMessage> {
  let at = 0
  while (at + 4 <= stream.length) {
    const head = new TlsReader(stream.subarray(at, at + 4), 'a handshake message')
    const type = head.number(1)
    const end = at + 4 + head.number(3)
    if (end > stream.length) return
    yield { type, body: stream.subarray(at + 4, end) }
    at = end
  }
}

export interface ServerHello {
  /** As it is written on the wire: 0x0303 is TLS 1.2. */
  readonly version: number
  readonly cipherSuite: number
}

const supportedVersions = 43

/** RFC 8446 §4.1.3; a HelloRetryRequest is of the same form. Throws `Malformed`. */
export const readServerHello = (body: Uint8Array): ServerHello => {
  const reader = new TlsReader(body, 'the ServerHello')
  const legacyVersion = reader.number(2)
  reader.take(32) // random
  reader.vector(1) // legacy_session_id_echo
  const cipherSuite = reader.number(2)
  reader.number(1) // legacy_compression_method
  // RFC 5246 §7.4.1.3: servers of older versions may leave out the extensions altogether.
  if (reader.isDone) return { version: legacyVersion, cipherSuite }
  const selected = extensionsOf(reader.vector(2), 'the ServerHello').get(supportedVersions)
  const version = selected === undefined ? legacyVersion : new TlsReader(selected, 'supported_versions').number(2)
  return { version, cipherSuite }
}

/** Data by type; of a type that comes again the first counts. */
export const extensionsOf = (octets: Uint8Array, what: string): ReadonlyMap<number, Uint8Array> => {
  const reader = new TlsReader(octets, `the extensions of ${what}`)
  const extensions = new Map<number, Uint8Array>()
  while (!reader.isDone) {
    const type = reader.number(2)
    const data = reader.vector(2)
    if (!extensions.has(type)) extensions.set(type, data)
  }
  return extensions
}
