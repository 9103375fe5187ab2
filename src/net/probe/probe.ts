import { connect, isIP, type LookupFunction, type Socket } from 'node:net'
import type { Decoded } from '../../core/decode/der/der.ts'
import type { SentCertificate } from '../../core/decode/tls/certificate-message.ts'
import { readServerFlight } from '../../core/decode/tls/server-flight.ts'
import { Dialog } from './dialog.ts'
import type { LookUp } from './look-up.ts'
import { ProbeFault } from './probe-fault.ts'
import { type Handshake, shakeHands } from './shake-hands.ts'
import { startTls } from './starttls.ts'
import type { StarttlsProtocol } from './starttls-protocols.ts'

export interface ProbeTarget {
  /** A DNS name or an IP address, without brackets. */
  readonly host: string
  readonly port: number
  /** What the server is told that it is called (RFC 6066 §3); empty for nothing. */
  readonly servername: string
  readonly starttls: StarttlsProtocol | undefined
  /** Milliseconds for all of it, the name included. */
  readonly ms: number
}

/** What a server sent. */
export interface Probed extends Pick<Handshake, 'protocol' | 'cipher' | 'fault'> {
  /** Address and port that were connected to. */
  readonly address: string
  /** In the order in which they were sent; not empty. */
  readonly certificates: readonly SentCertificate[]
}

/** Where a host has several addresses: how long each but the last is waited for. */
const attemptMs = 2_000

/**
 * Makes one connection to a server that an operator names, and gives the certificates that it sends, believing none of them. The
 * rules for what certificates name do not hold here, and names are those that the system knows. `reason` goes on after the name
 * of the server.
 */
export const probe = async (target: ProbeTarget, lookUp: LookUp): Promise<Decoded<Probed>> => {
  const { host, ms } = target
  if (isIP(host) !== 0) return await probeAt(target)
  const end = performance.now() + ms
  const found = await lookUp(host, ms)
  if (!found.ok) return found
  const [first] = found.value
  if (first === undefined) return { ok: false, reason: 'cannot be reached (its name has no address)' }
  return await probeAt({ ...target, ms: Math.max(end - performance.now(), 1) }, (_host, { all }, give) => {
    if (all === true) give(null, [...found.value])
    else give(null, first.address, first.family)
  })
}

const probeAt = async (target: ProbeTarget, lookup?: LookupFunction): Promise<Decoded<Probed>> => {
  const { host, port, starttls, servername, ms } = target
  const bounds = { autoSelectFamilyAttemptTimeout: attemptMs }
  const socket = connect(lookup === undefined ? { host, port, ...bounds } : { host, port, lookup, ...bounds })
  let broken: string | undefined
  let isThere = false
  socket.on('error', (error) => {
    const what = isThere ? 'breaks off the connection' : 'cannot be reached'
    broken = error instanceof ProbeFault ? error.message : `${what} (${codeOf(error)})`
  })
  const late = setTimeout(() => socket.destroy(new ProbeFault('does not answer in time')), ms)
  try {
    await connected(socket)
    isThere = true
    const address = addressOf(socket)
    if (starttls !== undefined) await startTls(starttls, new Dialog(socket))
    const { received, secret, protocol, cipher, fault } = await shakeHands(socket, servername)
    const flight = readServerFlight(received, secret)
    if (flight.ok && flight.value.length > 0)
      return { ok: true, value: { address, protocol, cipher, fault: broken ?? fault, certificates: flight.value } }
    return { ok: false, reason: broken ?? fault ?? (flight.ok ? 'sends no certificate' : flight.reason) }
  } catch (error) {
    if (error instanceof ProbeFault) return { ok: false, reason: broken ?? error.message }
    throw error
  } finally {
    clearTimeout(late)
    socket.destroy()
  }
}

const connected = async (socket: Socket): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.once('connect', resolve)
  socket.once('close', () => reject(new ProbeFault('cannot be reached')))
  await promise
}

const addressOf = ({ remoteAddress = '', remoteFamily, remotePort }: Socket): string =>
  remoteFamily === 'IPv6' ? `[${remoteAddress}]:${remotePort}` : `${remoteAddress}:${remotePort}`

/** Node's own word: of several addresses that were tried, that of the last. */
const codeOf = (error: Error): string => ('code' in error ? String(error.code) : 'for an unknown reason')
