import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constrainedNames } from '#dist/core/match/constraint/constrained-name.js'
import { SubtreeIndex } from '#dist/core/match/constraint/subtree.js'
import type { GeneralName } from '#dist/core/model/name.js'
import { cpuTimeOf } from '../../../support/cpu-time.ts'
import { directory, dns, email, ip, name, other, smtpUtf8Mailbox, uri } from '../../../support/names.ts'
import { plainCertificate } from '../../../support/plain-certificate.ts'

const comparable = (given: GeneralName) => {
  const [first] = constrainedNames({ ...plainCertificate(), subject: name(), subjectAlternativeNames: [given] })
  if (first === undefined || first.comparable.type === 'incomparable') throw new Error('cannot be compared')
  return first.comparable
}

const within = (given: GeneralName, ...bases: readonly GeneralName[]): boolean =>
  new SubtreeIndex(bases).holding(comparable(given)) !== undefined
const meets = (given: GeneralName, ...bases: readonly GeneralName[]): boolean =>
  new SubtreeIndex(bases).meeting(comparable(given)) !== undefined

describe('DNS subtrees (RFC 5280 §4.2.1.10)', () => {
  it('hold the name itself and names with labels added at the left', () => {
    for (const each of ['host.example.com', 'www.host.example.com', 'a.b.HOST.Example.com'])
      expect(within(dns(each), dns('Host.example.com')), each).toBe(true)
    for (const each of ['host1.example.com', 'xhost.example.com', 'example.com', 'host.example.org'])
      expect(within(dns(each), dns('host.example.com')), each).toBe(false)
  })

  it('hold all names where they are empty', () => {
    expect(within(dns('a'), dns(''))).toBe(true)
    expect(within(dns('a.b.c'), dns(''))).toBe(true)
    expect(within(dns('*.a'), dns(''))).toBe(true)
  })

  it('hold only what lies below where they begin with a dot', () => {
    expect(within(dns('a.example.com'), dns('.example.com'))).toBe(true)
    expect(within(dns('a.b.example.com'), dns('.example.com'))).toBe(true)
    expect(within(dns('example.com'), dns('.example.com'))).toBe(false)
    expect(within(dns('xexample.com'), dns('.example.com'))).toBe(false)
  })

  it('hold a wildcard where they hold all that it stands for', () => {
    for (const base of ['example.com', 'com', '.example.com', '.com', ''])
      expect(within(dns('*.example.com'), dns(base)), base).toBe(true)
    for (const base of ['a.example.com', '.a.example.com', '*.example.org'])
      expect(within(dns('*.example.com'), dns(base)), base).toBe(false)
  })

  it('meet a wildcard where they hold anything that it stands for', () => {
    for (const base of ['example.com', 'com', '', 'a.example.com', '.example.com'])
      expect(meets(dns('*.example.com'), dns(base)), base).toBe(true)
    for (const base of ['b.a.example.com', '.a.example.com', 'example.org', 'xexample.com', 'a.com'])
      expect(meets(dns('*.example.com'), dns(base)), base).toBe(false)
    expect(meets(dns('a.example.com'), dns('b.a.example.com'))).toBe(false)
  })
})

describe('IP subtrees', () => {
  it('hold addresses of a network', () => {
    const network = ip(192, 0, 2, 77, 255, 255, 255, 0)
    expect(within(ip(192, 0, 2, 1), network)).toBe(true)
    expect(within(ip(192, 0, 3, 1), network)).toBe(false)
    expect(within(ip(192, 0, 2, 129), ip(192, 0, 2, 128, 255, 255, 255, 128))).toBe(true)
    expect(within(ip(192, 0, 2, 127), ip(192, 0, 2, 128, 255, 255, 255, 128))).toBe(false)
  })

  it('hold no addresses of the other family', () => {
    const zeros = new Array<number>(16).fill(0)
    expect(within(ip(...zeros), ip(0, 0, 0, 0, 0, 0, 0, 0))).toBe(false)
    expect(within(ip(0, 0, 0, 0), ip(...zeros, ...zeros))).toBe(false)
    expect(within(ip(...zeros), ip(...zeros, ...zeros))).toBe(true)
  })
})

describe('email subtrees', () => {
  it('hold one mailbox, its local part exactly', () => {
    expect(within(email('Root@EXAMPLE.com'), email('Root@example.com'))).toBe(true)
    expect(within(email('root@example.com'), email('Root@example.com'))).toBe(false)
    expect(within(email('"Root"@example.com'), email('Root@example.com'))).toBe(true)
    expect(within(email('*@example.com'), email('*@example.com'))).toBe(true)
    expect(within(email('a@example.com'), email('*@example.com'))).toBe(false)
  })

  it('hold all mailboxes of a host and no others', () => {
    expect(within(email('a@Example.com'), email('example.com'))).toBe(true)
    expect(within(email('a@www.example.com'), email('example.com'))).toBe(false)
  })

  it('hold all mailboxes of hosts below a domain', () => {
    expect(within(email('a@www.example.com'), email('.example.com'))).toBe(true)
    expect(within(email('a@example.com'), email('.example.com'))).toBe(false)
  })

  it('hold an SmtpUTF8Mailbox by its host (RFC 9598 §6)', () => {
    expect(within(smtpUtf8Mailbox('用户@example.com'), email('example.com'))).toBe(true)
    expect(within(smtpUtf8Mailbox('用户@bücher.example'), email('xn--bcher-kva.example'))).toBe(true)
    expect(within(smtpUtf8Mailbox('用户@example.com'), email('a@example.com'))).toBe(false)
  })
})

describe('empty email and URI subtrees', () => {
  it('hold all hosts, as those of DNS names do', () => {
    for (const host of ['a', 'a.b.example']) {
      expect(within(email(`x@${host}`), email('')), host).toBe(true)
      expect(within(uri(`https://${host}/`), uri('')), host).toBe(true)
    }
  })
})

describe('URI subtrees', () => {
  it('hold a host, or with a leading dot the hosts below a domain', () => {
    expect(within(uri('https://Example.com:8443/a'), uri('example.com'))).toBe(true)
    expect(within(uri('https://www.example.com/'), uri('example.com'))).toBe(false)
    expect(within(uri('https://www.example.com/'), uri('.example.com'))).toBe(true)
    expect(within(uri('https://example.com/'), uri('.example.com'))).toBe(false)
    expect(within(uri('https://example.com@evil.example/'), uri('example.com'))).toBe(false)
  })
})

describe('directory subtrees', () => {
  it('hold names that begin with their RDNs', () => {
    const base = directory(name(['C', 'NZ'], ['O', 'Example']))
    expect(within(directory(name(['C', 'nz'], ['O', 'EXAMPLE '], ['CN', 'x'])), base)).toBe(true)
    expect(within(directory(name(['C', 'NZ'], ['O', 'Example'])), base)).toBe(true)
    expect(within(directory(name(['C', 'NZ'])), base)).toBe(false)
    expect(within(directory(name(['O', 'Example'], ['C', 'NZ'])), base)).toBe(false)
    expect(within(directory(name(['CN', 'x'])), directory(name()))).toBe(true)
  })
})

describe('an index of subtrees', () => {
  it('finds any of many, and counts those of a type', () => {
    const bases = [dns('a.example'), dns('b.example'), email('b.example'), other('1.2.3')]
    const index = new SubtreeIndex(bases)
    expect(index.holding(comparable(dns('x.b.example')))).toBe(bases[1])
    expect([
      index.ofType('dns').length,
      index.ofType('email').length,
      index.ofType('other').length,
      index.ofType('ip').length
    ]).toEqual([2, 1, 1, 0])
  })

  it('keeps types apart', () => {
    expect(within(dns('a.example'), email('a.example'), uri('a.example'))).toBe(false)
    expect(within(uri('https://a.example'), dns('a.example'), email('a.example'))).toBe(false)
  })

  it('finds a name by labels exactly where one of its bases would alone', () => {
    const labels = fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 4 }).map((each) => each.join('.'))
    const base = fc.tuple(fc.constantFrom('', '.'), fc.oneof(labels, fc.constant(''))).map((each) => each.join(''))
    const wild = fc.tuple(fc.constantFrom('', '*.'), labels).map((each) => each.join(''))
    const holds = (text: string, of: string): boolean =>
      of.startsWith('.')
        ? `.${text}`.endsWith(of) && text.length >= of.length
        : `.${text}`.endsWith(of === '' ? '' : `.${of}`)
    const stand = (text: string): readonly string[] =>
      text.startsWith('*') ? ['a', 'b', 'c'].map((label) => label + text.slice(1)) : [text]
    fc.assert(
      fc.property(wild, fc.array(base, { maxLength: 5 }), (text, texts) => {
        const bases = texts.filter((each) => each !== '.').map(dns)
        const all = bases.some(
          (each) =>
            each.type === 'dns' &&
            [...stand(text), ...(text.startsWith('*') ? [`zz${text.slice(1)}`] : [])].every((one) =>
              holds(one, each.value)
            )
        )
        const any = bases.some((each) => each.type === 'dns' && stand(text).some((one) => holds(one, each.value)))
        expect(within(dns(text), ...bases)).toBe(all)
        expect(meets(dns(text), ...bases)).toBe(any)
      }),
      { numRuns: 500 }
    )
  })

  it('finds addresses exactly where a comparison with each network would', () => {
    const octet = fc.constantFrom(0, 1, 10, 128, 255)
    const address = fc.tuple(octet, octet, octet, octet)
    const network = fc.tuple(address, fc.integer({ min: 0, max: 32 }))
    const number = (octets: readonly number[]): number => octets.reduce((sum, each) => sum * 256 + each, 0)
    fc.assert(
      fc.property(address, fc.array(network, { maxLength: 6 }), (octets, networks) => {
        const bases = networks.map(([base, bits]) =>
          ip(...base, ...[0, 1, 2, 3].map((at) => 0xff & (0xff00 >> Math.min(8, Math.max(0, bits - at * 8)))))
        )
        const expected = networks.some(
          ([base, bits]) =>
            Math.floor(number(octets) / 2 ** (32 - bits)) === Math.floor(number(base) / 2 ** (32 - bits))
        )
        expect(within(ip(...octets), ...bases)).toBe(expected)
      })
    )
  })

  it('holds 2,000 names against 2,000 bases without comparing each with each', () => {
    const index = new SubtreeIndex(Array.from({ length: 2000 }, (_, at) => dns(`x${at}.example`)))
    const names = Array.from({ length: 2000 }, (_, at) => comparable(dns(`www.x${at}.example`)))
    const took = cpuTimeOf(() => {
      expect(names.filter((each) => index.holding(each) !== undefined)).toHaveLength(2000)
    })
    expect(took).toBeLessThan(200)
  })

  it('looks up a name of 5,000 RDNs among names that begin as it does', () => {
    const pairs = Array.from({ length: 5000 }, (_, at) => ['CN', `n${at}`] as const)
    const long = name(...pairs)
    const index = new SubtreeIndex([
      directory(name(...pairs.slice(0, 4999), ['CN', 'other'])),
      directory(name(...pairs.slice(0, 4998)))
    ])
    const took = cpuTimeOf(() => {
      expect(index.holding({ type: 'directory', rdnKeys: long.rdnKeys })).toBeDefined()
    })
    expect(took).toBeLessThan(200)
  })
})
