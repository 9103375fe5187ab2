import { attempt, type Decoded, Malformed } from '../der/der.ts'
import {
  readCertificateEntries,
  readCertificateList,
  readCertificateStatus,
  type SentCertificate
} from './certificate-message.ts'
import { type HandshakeMessage, handshakeTypes, messagesOf, readServerHello, type ServerHello } from './handshake.ts'
import { openedRecords } from './opened-records.ts'
import { contentTypes, recordsOf, type TlsRecord } from './records.ts'

const tls13 = 0x0304

/**
 * The certificates of a server, in the order in which it sent them, each with its stapled OCSP response: from all the octets that
 * came from it over a connection.
 *
 * Up to TLS 1.2 they are sent in the clear. In TLS 1.3 they are sealed, and `secret`, server_handshake_traffic_secret
 * (RFC 8446 §7.1), opens them. Whether the server has the key of the first is not looked at: who spoke TLS knows.
 */
export const readServerFlight = (
  received: Uint8Array,
  secret: Uint8Array | undefined
): Decoded<readonly SentCertificate[]> =>
  attempt(() => {
    const records = [...recordsOf(received)]
    // After a HelloRetryRequest a server of TLS 1.3 sends a ChangeCipherSpec, which means nothing there (RFC 8446 §D.4).
    const hello = helloIn(clearMessages(records, contentTypes.applicationData))
    if (hello.version !== tls13) return listIn([...clearMessages(records, contentTypes.changeCipherSpec)])
    if (secret === undefined) throw new Malformed('the server sent no certificate')
    const sealed = messagesOf(streamOf(openedRecords(records, hello.cipherSuite, secret)))
    return readCertificateEntries(certificateIn(sealed))
  })

/** Those of the handshake before the first record of the type `end`. */
const clearMessages = (records: readonly TlsRecord[], end: number): Iterable<HandshakeMessage> => {
  const last = records.findIndex(({ type }) => type === end)
  const clear = last < 0 ? records : records.slice(0, last)
  return messagesOf(
    streamOf(clear.flatMap(({ type, fragment }) => (type === contentTypes.handshake ? [fragment] : [])))
  )
}

/** The last: the first may be a HelloRetryRequest. */
const helloIn = (messages: Iterable<HandshakeMessage>): ServerHello => {
  const message = [...messages].findLast(({ type }) => type === handshakeTypes.serverHello)
  if (message === undefined) throw new Malformed('the server sent no ServerHello')
  return readServerHello(message.body)
}

const certificateIn = (messages: Iterable<HandshakeMessage>): Uint8Array => {
  for (const { type, body } of messages) {
    if (type === handshakeTypes.certificate) return body
    if (type === handshakeTypes.compressedCertificate)
      throw new Malformed('the server sent a compressed Certificate message, which nobody asked for')
  }
  throw new Malformed('the server sent no certificate')
}

/** RFC 6066 §8: the one response that TLS 1.2 has room for is about the first certificate. */
const listIn = (messages: readonly HandshakeMessage[]): readonly SentCertificate[] => {
  const [first, ...others] = readCertificateList(certificateIn(messages))
  const status = messages.find(({ type }) => type === handshakeTypes.certificateStatus)
  if (first === undefined || status === undefined) return first === undefined ? [] : [first, ...others]
  return [{ ...first, ocspResponse: readCertificateStatus(status.body) }, ...others]
}

const streamOf = (pieces: Iterable<Uint8Array>): Uint8Array => Buffer.concat([...pieces])
