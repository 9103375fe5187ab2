import { Resolver } from 'node:dns/promises'

/** Gives every address of a host name, of both families; empty where it has none. Takes at most `ms` milliseconds. */
export type Resolve = (host: string, ms: number) => Promise<readonly string[]>

/** Addresses of one name: more than any host has. */
const mostAddresses = 32

/**
 * Asks DNS itself, not the system's resolver: that one occupies a thread of the few that Node.js has for as long as a
 * hostile name server likes, and cannot be stopped. So names of `/etc/hosts` are not known here.
 */
export const resolveByDns: Resolve = async (host, ms) => {
  const resolver = new Resolver({ timeout: Math.max(250, Math.floor(ms / 2)), tries: 2 })
  const timer = setTimeout(() => resolver.cancel(), ms)
  try {
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])).slice(0, mostAddresses)
  } finally {
    clearTimeout(timer)
  }
}
