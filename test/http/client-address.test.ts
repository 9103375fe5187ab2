import type { IncomingMessage } from 'node:http'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientOf, networkOf } from '#dist/http/client-address.js'

const asked = (remoteAddress: string | undefined, forwarded?: string): Pick<IncomingMessage, 'socket' | 'headers'> =>
  Object.assign(Object.create(null), {
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  })

describe('the network of a client', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['1:2:3:4:5:6:192.0.2.7', '1:2:3:4::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['a.example', undefined],
    ['', undefined]
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it('is the same for all of a /64, however an address is written', () => {
    const group = fc.integer({ min: 0, max: 0xffff })
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 4, maxLength: 4 }),
        fc.array(group, { minLength: 4, maxLength: 4 }),
        (network, host) => {
          const written = [...network, ...host].map((value) => value.toString(16)).join(':')
          const url = new URL(`http://[${written}]/`).hostname.slice(1, -1)
          fc.pre(!url.startsWith('::ffff:'))
          expect(networkOf(url)).toBe(networkOf(written))
          expect(networkOf(written)).toBe(`${network.map((value) => value.toString(16)).join(':')}::/64`)
        }
      )
    )
  })

  it('comes of any text without an exception', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['string', 'undefined']).toContain(typeof networkOf(text))
      })
    )
  })
})

describe('the client of a request', () => {
  it.each([
    ['connects itself, whatever it writes', 0, '198.51.100.1', '192.0.2.7'],
    ['is what the proxy saw', 1, '192.0.2.7', '198.51.100.1, 192.0.2.7'],
    ['is what the outermost of two proxies saw', 2, '192.0.2.7', '198.51.100.1,192.0.2.7 , 10.0.0.1'],
    ['came around the proxies where there are fewer entries', 2, '198.51.100.1', '192.0.2.7'],
    ['is the connection where the entry is no address', 1, '198.51.100.1', '192.0.2.7, unknown'],
    ['is without the port that some write', 1, '192.0.2.7', '192.0.2.7:4711'],
    ['is without port and brackets', 1, '2001:db8:0:0::/64', '[2001:db8::1]:4711']
  ])('%s', (_what, proxies, client, forwarded) => {
    expect(clientOf(asked('198.51.100.1', proxies === 0 ? '192.0.2.7' : forwarded), proxies)).toBe(client)
  })

  it('is the connection where nothing was forwarded, and one of its own where that has gone', () => {
    expect(clientOf(asked('::ffff:198.51.100.1'), 1)).toBe('198.51.100.1')
    expect(clientOf(asked(undefined), 0)).toBe('unknown')
  })
})
