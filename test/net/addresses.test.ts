import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPublicAddress, readAddressRules } from '#dist/net/addresses.js'

describe('addresses of the public Internet (RFC 6890)', () => {
  it.each([
    ['this network', '0.0.0.0'],
    ['private', '10.1.2.3'],
    ['shared', '100.64.0.1'],
    ['shared: metadata of Alibaba Cloud', '100.100.100.200'],
    ['loopback', '127.0.0.1'],
    ['loopback, not its first', '127.255.255.254'],
    ['metadata of Azure', '168.63.129.16'],
    ['link-local: metadata of most clouds', '169.254.169.254'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['protocol assignments: metadata of Oracle Cloud', '192.0.0.192'],
    ['documentation', '192.0.2.1'],
    ['relays of 6to4', '192.88.99.1'],
    ['private', '192.168.1.1'],
    ['benchmarks', '198.19.255.255'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-compatible loopback', '::127.0.0.1'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped loopback in hexadecimal', '::ffff:7f00:1'],
    ['IPv4-mapped public address, which nobody needs', '::ffff:8.8.8.8'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64 of a private address', '64:ff9b::10.1.2.3'],
    ['NAT64 of metadata', '64:ff9b::a9fe:a9fe'],
    ['NAT64 of a local prefix', '64:ff9b:1::8.8.8.8'],
    ['discard only', '100::1'],
    ['Teredo', '2001:0:7f00:1::1'],
    ['ORCHID', '2001:20::1'],
    ['benchmarks', '2001:2::1'],
    ['documentation', '2001:db8::1'],
    ['6to4 of a private address', '2002:a01:203::1'],
    ['documentation', '3fff::1'],
    ['segment routing', '5f00::1'],
    ['unique local: metadata of AWS', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%lo'],
    ['public with a zone', '2606:4700::1111%lo'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['no address', 'localhost'],
    ['no address', '']
  ])('has no %s (%s) among them', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.1',
    '172.32.0.1',
    '192.0.1.1',
    '198.20.0.1',
    '223.255.255.254'
  ])('has %s', (address) => expect(isPublicAddress(address)).toBe(true))

  it.each(['2606:4700::1111', '2a00:1450::1', '2400:cb00::1', '64:ff9b::8.8.8.8', '64:ff9b::808:808'])(
    'has %s',
    (address) => expect(isPublicAddress(address)).toBe(true)
  )

  it('gives an IPv4 address within NAT64 the answer that it has by itself, and none within another embedding', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`64:ff9b::${address}`)).toBe(isPublicAddress(address))
        expect(isPublicAddress(`::ffff:${address}`)).toBe(false)
        expect(isPublicAddress(`::${address}`)).toBe(false)
      })
    )
  })
})

describe('networks that are allowed by name', () => {
  const allows = (networks: readonly string[], address: string): boolean | undefined =>
    readAddressRules(networks)?.allows(address)

  it('are allowed with their addresses, and no others', () => {
    expect(allows(['10.0.0.0/8', 'fd00::/8'], '10.255.0.1')).toBe(true)
    expect(allows(['10.0.0.0/8', 'fd00::/8'], 'fd12::1')).toBe(true)
    expect(allows(['10.0.0.0/8', 'fd00::/8'], '11.0.0.1')).toBe(false)
    expect(allows(['10.0.0.0/8', 'fd00::/8'], '8.8.8.8')).toBe(false)
    expect(allows(['192.168.1.7'], '192.168.1.7')).toBe(true)
    expect(allows(['192.168.1.7'], '192.168.1.8')).toBe(false)
  })

  it('leave public addresses allowed where these are named too', () => {
    expect(allows(['public', '10.0.0.0/8'], '8.8.8.8')).toBe(true)
    expect(allows(['public', '10.0.0.0/8'], '10.0.0.1')).toBe(true)
    expect(allows(['public', '10.0.0.0/8'], '127.0.0.1')).toBe(false)
    expect(allows([], '8.8.8.8')).toBe(false)
  })

  it('never allow an address with a zone, or what is no address', () => {
    expect(allows(['fe80::/10'], 'fe80::1%lo')).toBe(false)
    expect(allows(['0.0.0.0/0'], 'localhost')).toBe(false)
  })

  it.each(['10.0.0.0/33', 'fd00::/129', '10.0.0', 'localhost', '10.0.0.0/', '10.0.0.0/8/8', 'Public', ''])(
    'cannot be read from %j',
    (text) => expect(readAddressRules([text])).toBeUndefined()
  )
})
