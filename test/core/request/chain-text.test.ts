import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IssuersMemory, SignatureOutcome } from '#dist/core/model/memory.js'
import type { TrustAnchor } from '#dist/core/model/trust-store.js'
import { readField } from '#dist/core/request/material.js'
import { intermediate, pemOf, root, server } from '../../support/authority.ts'
import { crlOf } from '../../support/crls.ts'
import { explicit, integer, oid, sequence, tlv } from '../../support/der-writer.ts'

const authority = root()
const ca = intermediate(authority)
const [leaf, other] = [server(ca), server(ca)]
const key = ca.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const message = (...certificates: readonly Uint8Array[]): Uint8Array =>
  sequence(
    oid('1.2.840.113549.1.7.2'),
    explicit(
      0,
      sequence(integer(1), tlv(0x31), sequence(oid('1.2.840.113549.1.7.1')), explicit(0, ...certificates), tlv(0x31))
    )
  )

/** In the midst of a line, where it is no boundary, and as far into it as it may stand at the earliest behind a BEGIN line. */
const strayEnd = `${'text '.repeat(9)}-----END CERTIFICATE-----\n`

/** Remembers all that it may, and tells how often that was of use. */
const eager = () => {
  const rests = new Map<string, readonly TrustAnchor[]>()
  const used: string[] = []
  const issuers: IssuersMemory = {
    get: (rest) => {
      if (rests.has(rest)) used.push(rest)
      return rests.get(rest)
    },
    takes: () => true,
    set: (rest, certificates) => rests.set(rest, certificates)
  }
  const memory = {
    certificate: () => undefined,
    signature: (_signed: unknown, _key: unknown, find: () => SignatureOutcome) => find(),
    issuers
  }
  return { rests, used, memory }
}

type Eager = ReturnType<typeof eager>

const read = (text: string, most = 10, memory?: Eager['memory']) => {
  const field = readField('chain', text, most, 64, memory)
  if ('kind' in field) return field
  const { issuers: _issuers, certificates, ...rest } = field
  return { ...rest, certificates: certificates.map(({ certificate, ...more }) => ({ ...more, der: certificate.der })) }
}

describe('the rest of a chain that came before', () => {
  it('is not read again, whatever certificate stands before it', () => {
    const { memory, rests } = eager()
    const first = readField('chain', leaf.pem + ca.pem + authority.pem, 10, 64, memory)
    const second = readField('chain', other.pem + ca.pem + authority.pem, 10, 64, memory)
    if ('kind' in first || 'kind' in second) throw new Error('unreadable')
    const [rest] = rests.values()
    expect(rest?.map(({ source }) => source)).toEqual(['chain[1]', 'chain[2]'])
    expect(first.issuers).toBeUndefined()
    expect(second.issuers).toBe(rest)
    expect(second.certificates.slice(1)).toEqual(rest)
    expect(second.certificates[1]).toBe(rest?.[0])
    expect(second.certificates[0]?.certificate.der).toEqual(Buffer.from(other.der))
    expect(second.count).toBe(3)
  })

  it('counts towards the most that a chain may have', () => {
    const { memory } = eager()
    const chain = leaf.pem + ca.pem + authority.pem
    for (const _time of [0, 1]) {
      expect(read(chain, 3, memory)).toMatchObject({ count: 3 })
      for (const most of [0, 1, 2]) expect(read(chain, most, memory), `${most}`).toEqual({ kind: 'too-many' })
    }
  })

  it.each([
    ['where a private key stands in it', `${leaf.pem}${ca.pem}${key}`],
    ['where one stands before it', `${key}${leaf.pem}${key}`],
    ['where it has words', `${leaf.pem}subject=CN = Test\n${ca.pem}`],
    ['where words follow it', `${leaf.pem}${ca.pem}subject=CN = Test\n`],
    ['where it has space that is not of ASCII', `${leaf.pem}\u200a${ca.pem}`],
    ['where words stand before the first block', `subject=CN = Test\n${leaf.pem}${ca.pem}`],
    ['where the first END line is not its own', `${leaf.pem.trimEnd()}END CERTIFICATE-----\n${ca.pem}`],
    [
      'where it has the base64 of something without a label',
      `${leaf.pem}${key.split('\n').slice(1, -2).join('\n')}\n${ca.pem}`
    ],
    ['where it has a CRL', `${leaf.pem}${ca.pem}${pemOf(crlOf({ issuer: ca }), 'X509 CRL')}`],
    ['where a certificate in it cannot be read', `${leaf.pem}${pemOf(leaf.der.subarray(9))}`],
    ['where there are several in the first block', `${pemOf(message(leaf.der, other.der))}${ca.pem}`],
    ['where the first END line belongs to no block', `${strayEnd}${pemOf(message(leaf.der, ca.der))}`],
    ['where there is none', `${leaf.pem}\n`]
  ])('is not remembered %s', (_where, chain) => {
    const { memory, rests } = eager()
    read(chain, 10, memory)
    expect(rests.size).toBe(0)
  })

  it('is read anew where the first block is not one certificate, or a private key stands before it', () => {
    const { memory, used } = eager()
    read(leaf.pem + ca.pem, 10, memory)
    for (const first of [pemOf(message(leaf.der, other.der)), pemOf(message()), pemOf(leaf.der.subarray(9))]) {
      expect(read(first + ca.pem, 10, memory)).toEqual(read(first + ca.pem))
    }
    expect(used).toHaveLength(3)
    expect(read(key + leaf.pem + ca.pem, 10, memory)).toEqual(read(key + leaf.pem + ca.pem))
    expect(used).toHaveLength(3)
  })

  it('never makes a chain another, whatever stands in it', () => {
    const several = pemOf(message(leaf.der, ca.der))
    const damaged = pemOf(leaf.der.subarray(9))
    const [begin = '', ...lines] = ca.pem.trimEnd().split('\n')
    const oneLine = `${begin} MIIB ${lines.join(' ').slice(4)}`
    const pieces = [
      leaf.pem,
      other.pem,
      ca.pem,
      authority.pem,
      key,
      damaged,
      several,
      pemOf(message()),
      pemOf(ca.der, 'TRUSTED CERTIFICATE'),
      pemOf(ca.der, 'X509 CERTIFICATE'),
      pemOf(crlOf({ issuer: ca }), 'X509 CRL'),
      ca.pem.trimEnd(),
      ca.pem.replaceAll('\n', '\r\n'),
      ca.pem.replaceAll('\n', '\\n'),
      ca.pem.replace('-----BEGIN', '----BEGIN'),
      ca.pem.replace('-----END', '------END'),
      ca.pem.replace('END CERTIFICATE', 'END X509 CRL'),
      oneLine,
      'END CERTIFICATE-----',
      '\u200a',
      '\u00a0',
      '\u2013\u2013BEGIN CERTIFICATE-----',
      '-----BEGIN CERTIFICATE----- 1z -----END CERTIFICATE-----',
      pemOf(ca.der, 'X509 CERTIFICATE').trimEnd(),
      '-----BEGIN CERTIFICATE-----\n',
      '-----END CERTIFICATE-----\n',
      strayEnd,
      '-',
      '\n',
      'subject=CN = Test\n',
      Buffer.from(ca.der).toString('base64')
    ]
    const { memory, rests, used } = eager()
    const first = fc.option(fc.constantFrom(leaf.pem, other.pem), { nil: '', freq: 3 })
    const piece = fc.oneof(fc.constantFrom(ca.pem, authority.pem, several, oneLine), fc.constantFrom(...pieces))
    const most = fc.integer({ min: 0, max: 5 })
    fc.assert(
      fc.property(first, fc.array(piece, { minLength: 1, maxLength: 3 }), most, (begin, parts, most) => {
        const chain = begin + parts.join('')
        expect(read(chain, most, memory)).toEqual(read(chain, most))
      }),
      { numRuns: 6_000 }
    )
    expect(rests.size).toBeGreaterThan(10)
    expect(used.length).toBeGreaterThan(100)
  })
})
