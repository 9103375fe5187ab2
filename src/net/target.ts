import { isIP } from 'node:net'
import { type Fetched, failed } from './fetch-fault.ts'
import type { HostRules } from './hosts.ts'

/** Which URLs may be asked at all. */
export interface UrlRules {
  readonly hosts: HostRules
  readonly https: boolean
  readonly ports: PortRules
}

export interface PortRules {
  allows(port: number): boolean
}

/** A URL that may be asked, as far as it alone tells. */
export interface Target {
  readonly url: URL
  readonly port: number
  /** A name to be resolved, or an address without brackets. */
  readonly host: string
  readonly isAddress: boolean
}

const longestUrl = 2_048

/**
 * Reads a URL that somebody wrote into a certificate, or refuses it. The WHATWG parser brings decimal, octal, hexadecimal and
 * shortened addresses into their one form, so the host that is judged is the one that is connected to.
 */
export const readTarget = (text: string, rules: UrlRules): Fetched<Target> => {
  if (text.length > longestUrl) return failed('url-refused', `has more than ${longestUrl} characters`)
  // The parser drops tabs, line ends and spaces around, and turns backslashes; what needs that is no URI (RFC 3986 §2).
  if (!/^[!-~]+$/.test(text) || text.includes('\\')) return failed('url-refused', 'has characters that no URI has')
  const url = URL.parse(text)
  if (url === null) return failed('url-refused', 'is no URL')
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return failed('url-refused', 'is not of http')
  if (url.protocol === 'https:' && !rules.https) return failed('url-refused', 'is of https, which is switched off')
  if (url.username !== '' || url.password !== '') return failed('url-refused', 'has a user name or password')
  if (url.hash !== '' || text.includes('#')) return failed('url-refused', 'has a fragment')
  const port = url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port)
  if (!rules.ports.allows(port)) return failed('url-refused', `has the port ${port}, which is not allowed`)
  if (!rules.hosts.allows(url.hostname)) return failed('host-refused', 'has a host that is not allowed')
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname
  return { ok: true, value: { url, port, host, isAddress: isIP(host) !== 0 } }
}

/** Reads ports and ranges of ports, as `80` and `8000-8999`; undefined where one of them is neither. */
export const readPortRules = (texts: readonly string[]): PortRules | undefined => {
  const ranges: { readonly from: number; readonly to: number }[] = []
  for (const text of texts) {
    const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
    if (first === undefined) return undefined
    const range = { from: Number(first), to: Number(last ?? first) }
    if (range.from < 1 || range.to < range.from || range.to > 65_535) return undefined
    ranges.push(range)
  }
  return { allows: (port) => ranges.some(({ from, to }) => from <= port && port <= to) }
}
