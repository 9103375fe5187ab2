import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { printable } from '../core/model/printable.ts'
import {
  isStarttlsProtocol,
  protocolOfPort,
  type StarttlsProtocol,
  starttlsPorts
} from '../net/probe/starttls-protocols.ts'
import { UsageError } from './option.ts'

/** A server as an operand names it. */
export interface Target {
  /** A name as it was written, or an address without brackets. */
  readonly host: string
  /** As it is connected to: A-labels. */
  readonly dialled: string
  readonly port: number
  readonly starttls: StarttlsProtocol | undefined
}

const https = 443

/**
 * Reads `host`, `host:port` or an IPv6 address, with brackets where a port follows. `starttls` is that of the option, and `none` for
 * TLS from the first octet; where neither says otherwise the port tells. Throws a `UsageError`.
 */
export const targetOf = (operand: string, starttls: string | undefined): Target => {
  const { host, port } = partsOf(operand)
  const asked = starttls !== undefined && isStarttlsProtocol(starttls) ? starttls : undefined
  const dialled = isIP(host) === 0 ? domainToASCII(host) : host
  if (dialled === '') throw notATarget(operand)
  const number = port ?? (asked === undefined ? https : starttlsPorts[asked])
  return { host, dialled, port: number, starttls: starttls === undefined ? protocolOfPort(number) : asked }
}

const partsOf = (operand: string): { readonly host: string; readonly port: number | undefined } => {
  if (isIP(operand) === 6) return { host: operand, port: undefined }
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]/\s]{1,255}))(?::(\d{1,5}))?$/.exec(operand) ?? []
  const host = bracketed ?? plain
  const port = digits === undefined ? undefined : Number(digits)
  const isWrong = (bracketed !== undefined && isIP(bracketed) !== 6) || port === 0 || (port ?? 0) > 65_535
  if (host === undefined || isWrong) throw notATarget(operand)
  return { host, port }
}

const notATarget = (operand: string): UsageError =>
  new UsageError(
    `A server is named as host:port, with brackets around an IPv6 address, not as ${JSON.stringify(printable(operand))}.`
  )

/**
 * What the server is told that it is called: `asked`, or its host. RFC 6066 §3 has no addresses there, and no dot at the end; empty
 * for nothing. Throws a `UsageError`.
 */
export const servernameOf = ({ dialled }: Target, asked: string | undefined): string => {
  if (asked === '' || isIP(asked ?? dialled) !== 0) return ''
  const name = domainToASCII(asked ?? dialled).replace(/\.$/, '')
  if (name === '')
    throw new UsageError(`--servername must be a DNS name, not ${JSON.stringify(printable(asked ?? ''))}.`)
  return name
}
