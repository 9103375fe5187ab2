import { isHostName } from '../../decode/name/name-syntax.ts'
import { normaliseHostName } from './host-name.ts'

/** RFC 3986 §3: scheme, authority, path, and the rest as it is. */
const form = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(.*)$/is
/** RFC 3986 §3.2: user information, host, port. */
const authorityForm = /^(?:([^@]*)@)?(\[[0-9a-f:.]*\]|[^[\]:@]*)(?::(\d*))?$/i
/** RFC 3986 §2, and what IRIs add: no spaces, controls, quotes, braces or lone percent signs. */
const foreign = /[\p{Cc} "<>\\^`{|}]|%(?![0-9a-f]{2})/iu

/** RFC 5280 §7.4 has these schemes normalised by their own rules as well: default port, and path where it is empty. */
const schemes: ReadonlyMap<string, { readonly port: string; readonly path: string }> = new Map([
  ['http', { port: '80', path: '/' }],
  ['https', { port: '443', path: '/' }],
  ['ftp', { port: '21', path: '/' }],
  ['ldap', { port: '389', path: '/' }]
])

const longest = 8192

interface Parts {
  readonly scheme: string
  readonly authority:
    | { readonly user: string | undefined; readonly host: string; readonly port: string | undefined }
    | undefined
  readonly path: string
  readonly rest: string
}

const split = (text: string): Parts | undefined => {
  if (text.length > longest || foreign.test(text)) return undefined
  const [matched, scheme = '', authority, path = '', rest = ''] = form.exec(text) ?? []
  if (matched === undefined) return undefined
  if (authority === undefined) return { scheme: scheme.toLowerCase(), authority, path, rest }
  const inner = authorityForm.exec(authority)
  if (inner === null) return undefined
  const [, user, host = '', port] = inner
  return { scheme: scheme.toLowerCase(), authority: { user, host, port }, path, rest }
}

/**
 * A URI in the form in which RFC 5280 §7.4 compares URIs, character for character; undefined for what is none. Its U-labels
 * are converted; scheme, host, percent-encoding and path are normalised, and more for http, https, ftp and ldap.
 */
export const normaliseUri = (text: string): string | undefined => {
  const parts = split(text)
  if (parts === undefined) return undefined
  const { scheme, authority, path, rest } = parts
  if (authority === undefined) return `${scheme}:${normaliseOctets(path + rest)}`
  const known = schemes.get(scheme)
  const converted = normaliseHostName(authority.host)
  const host = converted.ok ? converted.value : normaliseOctets(authority.host).toLowerCase()
  const user = authority.user === undefined ? '' : `${normaliseOctets(authority.user)}@`
  const isDefault = known !== undefined && (authority.port === '' || authority.port === known.port)
  const port = authority.port === undefined || isDefault ? '' : `:${authority.port}`
  const normalPath = withoutDotSegments(normaliseOctets(path)) || (known?.path ?? '')
  return `${scheme}://${user}${host}${port}${normalPath}${normaliseOctets(rest)}`
}

/** The host of a URI as a name in lower case; undefined where it has none, or an IP address. */
export const hostNameOfUri = (text: string): string | undefined => {
  const host = split(text)?.authority?.host.toLowerCase()
  return host !== undefined && isHostName(host) ? host : undefined
}

/** RFC 3986 §6.2.2.1 and §6.2.2.2 */
const normaliseOctets = (text: string): string =>
  text.replaceAll(/%[0-9a-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : triplet.toUpperCase()
  })

/** RFC 3986 §5.2.4, for the path of a URI with an authority: it is empty or starts with a slash. */
const withoutDotSegments = (path: string): string => {
  const kept: string[] = []
  const segments = path.split('/')
  for (const [at, segment] of segments.entries()) {
    const isDots = segment === '.' || segment === '..'
    if (segment === '..' && kept.length > 1) kept.pop()
    if (!isDots) kept.push(segment)
    else if (at === segments.length - 1) kept.push('')
  }
  return kept.join('/')
}
