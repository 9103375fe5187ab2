import { BlockList, isIP } from 'node:net'

/** Says of IP addresses whether they may be connected to. */
export interface AddressRules {
  /** Whether a text that `isIP` takes for an address may be connected to. */
  allows(address: string): boolean
}

/**
 * IPv4 networks that are not the public Internet (RFC 6890 and the IANA registry of special-purpose addresses), and the
 * one public address at which a cloud (Azure) serves its machines' metadata. Those of other clouds are link-local, private
 * or shared.
 */
const special4 = [
  ['0.0.0.0', 8], // This network; 0.0.0.0 connects to the machine itself.
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // Shared between carriers and their customers.
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16], // Link-local, metadata among them.
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24], // Documentation, as the two below.
  ['192.88.99.0', 24], // Relays of 6to4, which are no more.
  ['192.168.0.0', 16],
  ['198.18.0.0', 15], // Benchmarks.
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // Multicast.
  ['240.0.0.0', 4] // Reserved, and the limited broadcast.
] as const

/**
 * Within the global unicast addresses of IPv6 (2000::/3), what is not the public Internet: protocol assignments with Teredo and
 * ORCHID, 6to4, documentation. All outside of 2000::/3 is refused without being listed: unspecified, loopback, IPv4-mapped and
 * IPv4-compatible, unique local, link-local, site-local, multicast.
 */
const special6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20]
] as const

/** RFC 6052: where a network has IPv6 alone, public IPv4 hosts have addresses with this prefix, and others would have too. */
const nat64 = '64:ff9b::'

const notPublic4 = new BlockList()
const global6 = new BlockList()
const notPublic6 = new BlockList()
for (const [network, bits] of special4) {
  notPublic4.addSubnet(network, bits, 'ipv4')
  notPublic6.addSubnet(`${nat64}${network}`, 96 + bits, 'ipv6')
}
global6.addSubnet('2000::', 3, 'ipv6')
global6.addSubnet(nat64, 96, 'ipv6')
for (const [network, bits] of special6) notPublic6.addSubnet(network, bits, 'ipv6')

/** Whether an address is one of the public Internet. */
export const isPublicAddress = (address: string): boolean => {
  const version = isIP(address)
  if (version === 4) return !notPublic4.check(address, 'ipv4')
  // A zone makes an address one of this machine's links.
  if (version !== 6 || address.includes('%')) return false
  return global6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6')
}

/**
 * Reads networks as people write them: `10.0.0.0/8`, `2001:db8::/32`, a single address, or `public` for all that is the
 * public Internet. Undefined where one of them is none of these.
 */
export const readAddressRules = (networks: readonly string[]): AddressRules | undefined => {
  const named = new BlockList()
  for (const text of networks) if (text !== 'public' && !addNetwork(named, text)) return undefined
  const allowsPublic = networks.includes('public')
  return {
    allows: (address) => {
      const version = isIP(address)
      if (version === 0 || address.includes('%')) return false
      return named.check(address, version === 4 ? 'ipv4' : 'ipv6') || (allowsPublic && isPublicAddress(address))
    }
  }
}

const addNetwork = (list: BlockList, text: string): boolean => {
  const parts = /^([0-9A-Fa-f:.]{2,45})(?:\/(\d{1,3}))?$/.exec(text)
  const [, address = '', bits] = parts ?? []
  const version = isIP(address)
  if (version === 0) return false
  const most = version === 4 ? 32 : 128
  const prefix = bits === undefined ? most : Number(bits)
  if (prefix > most) return false
  list.addSubnet(address, prefix, version === 4 ? 'ipv4' : 'ipv6')
  return true
}
