import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/**
 * Who makes a request: the address of the connection, or where `proxies` of one's own stand before the service, what the outermost of them wrote into
 * X-Forwarded-For. What stands to the left of that, anybody may have made up. A request that has less in it came around the proxies, and
 * counts as of its connection.
 */
export const clientOf = (
  { socket, headers }: Pick<FastifyRequest['raw'], 'socket' | 'headers'>,
  proxies: number
): string => {
  const direct = networkOf(socket.remoteAddress ?? '') ?? 'unknown'
  const forwarded = headers['x-forwarded-for']
  if (proxies === 0 || forwarded === undefined) return direct
  const entries = (Array.isArray(forwarded) ? forwarded.join() : forwarded).split(',')
  return networkOf(withoutPort(entries.at(-proxies)?.trim() ?? '')) ?? direct
}

/** Some proxies write the port as well. */
const withoutPort = (entry: string): string =>
  /^\[([\da-f:.]{2,45})\](?::\d{1,5})?$/i.exec(entry)?.[1] ?? /^([\d.]{7,15}):\d{1,5}$/.exec(entry)?.[1] ?? entry

/** What one client has of addresses: an IPv4 address, or the /64 of an IPv6 address. Undefined where it is neither. */
export const networkOf = (text: string): string | undefined => {
  const [address = ''] = text.split('%', 1)
  const version = isIP(address)
  if (version !== 6) return version === 4 ? address : undefined
  const embedded = /^::ffff:(\d.*)$/i.exec(address)?.[1]
  if (embedded !== undefined) return embedded
  const [head = '', tail] = address.split('::')
  const first = groupsOf(head)
  const last = groupsOf(tail ?? '')
  const all = [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last]
  return `${all
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** Of an IPv4 address at the end the two groups are not in the first four, so that their values do not matter. */
const groupsOf = (part: string): readonly number[] =>
  part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? [0, 0] : [Number.parseInt(group, 16)]))
