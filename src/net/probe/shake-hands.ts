import type { Socket } from 'node:net'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { handshakeFault } from './handshake-fault.ts'
import { tapped } from './tap.ts'

/** How TLS began, or did not. */
export interface Handshake {
  /** All that came of the server. */
  readonly received: Uint8Array
  /** server_handshake_traffic_secret of RFC 8446 §7.1, where it came to that. */
  readonly secret: Uint8Array | undefined
  /** As TLSv1.3; undefined where the handshake did not end well. */
  readonly protocol: string | undefined
  readonly cipher: string | undefined
  /** Why it did not end well, as a sentence goes on after the name of the server. */
  readonly fault: string | undefined
}

/** A chain that clients take has 100 kB at most (OpenSSL's max_cert_list); the rest of a handshake is little. */
const mostOctets = 524_288

/**
 * All that OpenSSL has, however weak or rare: what a server sends is to be seen, not to be believed. The curves are those of keys as
 * well, up to TLS 1.2. No root is trusted, so that Node.js does not look into the certificate itself, which ends the process for
 * some keys (`getPeerCertificate` and secp256k1).
 */
const anything: ConnectionOptions = {
  rejectUnauthorized: false,
  ca: [],
  minVersion: 'TLSv1',
  ciphers: 'DEFAULT@SECLEVEL=0',
  ecdhCurve: [
    'X25519:P-256:P-384:P-521:X448:X25519MLKEM768:secp256k1',
    'brainpoolP256r1:brainpoolP384r1:brainpoolP512r1',
    'brainpoolP256r1tls13:brainpoolP384r1tls13:brainpoolP512r1tls13'
  ].join(':'),
  requestOCSP: true
}

/** Begins TLS and leaves it at that. Settles when the socket ends, at the latest. */
export const shakeHands = (socket: Socket, servername: string): Promise<Handshake> => {
  const { promise, resolve } = Promise.withResolvers<Handshake>()
  let secret: Uint8Array | undefined
  const { stream, received } = tapped(socket, mostOctets, () => end('sends more than a handshake has'))
  const secure = connect({ ...anything, socket: stream, servername })
  const end = (fault: string | undefined): void => {
    const { protocol, cipher } = fault === undefined ? agreedBy(secure) : { protocol: undefined, cipher: undefined }
    resolve({ received: received(), secret, protocol, cipher, fault })
    secure.destroy()
  }
  secure.on('keylog', (line: Buffer) => {
    const [label, , hex = ''] = line.toString('latin1').trim().split(' ')
    if (label === 'SERVER_HANDSHAKE_TRAFFIC_SECRET') secret = Buffer.from(hex, 'hex')
  })
  // What comes after the first outcome has no effect: the promise is settled.
  secure.on('secureConnect', () => end(undefined))
  secure.on('error', (error) => end(handshakeFault(error, received())))
  secure.on('close', () => end('ended the connection amid the handshake'))
  return promise
}

const agreedBy = (secure: TLSSocket): Pick<Handshake, 'protocol' | 'cipher'> => ({
  protocol: secure.getProtocol() ?? undefined,
  cipher: secure.getCipher().standardName
})
