import { createHash } from 'node:crypto'
import { readCertificate } from '../core/decode/certificate/certificate.ts'
import type { SentCertificate } from '../core/decode/tls/certificate-message.ts'
import type { ChainChange } from '../core/model/chain.ts'
import type { Probed } from '../net/probe/probe.ts'
import type { Target } from './target.ts'

/** What a server sent, as plain JSON. */
export interface Sent {
  /** Address and port. */
  readonly address: string
  /** What was spoken before TLS. */
  readonly starttls: string | null
  /** What the server was told that it is called. */
  readonly servername: string | null
  /** The version of TLS; null where the handshake did not end well. */
  readonly protocol: string | null
  readonly cipher: string | null
  /** Why the handshake did not end well, though the server sent its certificates. */
  readonly fault: string | null
  /** In the order in which they were sent. */
  readonly certificates: readonly SentEntry[]
  /** What `vidimus chain` would change. */
  readonly changes: readonly ChainChange[]
}

export interface SentEntry {
  /** Null for what cannot be read as a certificate, as `issuer` is. */
  readonly subject: string | null
  readonly issuer: string | null
  /** Lower-case hex SHA-256 of the octets. */
  readonly fingerprint: string
  /** Whether an OCSP response came with it. */
  readonly stapled: boolean
}

export const sentOf = (
  { address, protocol, cipher, fault, certificates }: Probed,
  { starttls }: Target,
  servername: string,
  changes: readonly ChainChange[]
): Sent => ({
  address,
  starttls: starttls ?? null,
  servername: servername === '' ? null : servername,
  protocol: protocol ?? null,
  cipher: cipher ?? null,
  fault: fault ?? null,
  certificates: certificates.map(entryOf),
  changes
})

const entryOf = ({ der, ocspResponse }: SentCertificate): SentEntry => {
  const read = readCertificate(der)
  return {
    subject: read.ok ? read.value.subject.text : null,
    issuer: read.ok ? read.value.issuer.text : null,
    fingerprint: createHash('sha256').update(der).digest('hex'),
    stapled: ocspResponse !== undefined
  }
}
