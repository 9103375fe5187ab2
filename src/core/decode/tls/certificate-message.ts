import { attempt, Malformed } from '../der/der.ts'
import { extensionsOf } from './handshake.ts'
import { TlsReader } from './tls-reader.ts'

/** A certificate as a server sent it, and the OCSP response that came stapled to it. */
export interface SentCertificate {
  readonly der: Uint8Array
  readonly ocspResponse: Uint8Array | undefined
}

const statusRequest = 5
const ocspStatus = 1

/** RFC 5246 §7.4.2. Throws `Malformed`. */
export const readCertificateList = (body: Uint8Array): readonly SentCertificate[] => {
  const list = wholeList(new TlsReader(body, 'the Certificate message'))
  const certificates: SentCertificate[] = []
  while (!list.isDone) certificates.push({ der: list.vector(3), ocspResponse: undefined })
  return certificates
}

/** RFC 8446 §4.4.2: a certificate has extensions, the OCSP response among them (§4.4.2.1). Throws `Malformed`. */
export const readCertificateEntries = (body: Uint8Array): readonly SentCertificate[] => {
  const message = new TlsReader(body, 'the Certificate message')
  message.vector(1) // certificate_request_context
  const list = wholeList(message)
  const certificates: SentCertificate[] = []
  while (!list.isDone) {
    const der = list.vector(3)
    const status = extensionsOf(list.vector(2), 'a certificate').get(statusRequest)
    certificates.push({ der, ocspResponse: status && readCertificateStatus(status) })
  }
  return certificates
}

const wholeList = (message: TlsReader): TlsReader => {
  const list = message.vector(3)
  if (!message.isDone) throw new Malformed('the Certificate message goes on after its list')
  return new TlsReader(list, 'the list of certificates')
}

/** RFC 6066 §8: undefined where it is of a type other than OCSP, or cannot be read, which is no reason to show no certificate. */
export const readCertificateStatus = (body: Uint8Array): Uint8Array | undefined => {
  const read = attempt(() => {
    const reader = new TlsReader(body, 'the certificate status')
    return reader.number(1) === ocspStatus ? reader.vector(3) : undefined
  })
  return read.ok ? read.value : undefined
}
