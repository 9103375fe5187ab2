/** Says of host names whether they may be asked. */
export interface HostRules {
  /** `host` as the URL parser gives it: lower case, A-labels, IPv6 addresses in brackets. */
  allows(host: string): boolean
}

const anyHost: HostRules = { allows: () => true }

/**
 * Reads host names, and `*.example.com` for all below a domain; none at all allows every host. Undefined where one of
 * them is neither. Which addresses a host may have is decided elsewhere, and holds for these as well.
 */
export const readHostRules = (hosts: readonly string[]): HostRules | undefined => {
  if (hosts.length === 0) return anyHost
  const exact = new Set<string>()
  const below: string[] = []
  for (const text of hosts) {
    const wild = text.startsWith('*.')
    const host = normalHost(wild ? text.slice(2) : text)
    if (host === undefined) return undefined
    if (wild) below.push(`.${host}`)
    else exact.add(host)
  }
  return {
    allows: (host) => {
      const plain = withoutFinalDot(host)
      return exact.has(plain) || below.some((domain) => plain.length > domain.length && plain.endsWith(domain))
    }
  }
}

/** The host as the URL parser writes it, so that both sides are compared in one form. */
const normalHost = (text: string): string | undefined => {
  if (!/^(?:[^\s/?#@\\%*:[\]]{1,253}|\[[\da-f:.]{2,45}\])$/i.test(text)) return undefined
  const url = URL.parse(`http://${text}/`)
  return url === null ? undefined : withoutFinalDot(url.hostname)
}

const withoutFinalDot = (host: string): string => (host.endsWith('.') ? host.slice(0, -1) : host)
