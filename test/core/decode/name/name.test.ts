import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readName } from '#dist/core/decode/name/name.js'
import { cpuTimeOf } from '../../../support/cpu-time.ts'
import { hexBytes, oid, sequence, tlv } from '../../../support/der-writer.ts'
import { attribute, attributeTypes, name, nameDer, rdn } from '../../../support/names.ts'

const { CN, O, OU } = attributeTypes
const cn = (text: string, tag?: number): Uint8Array => attribute(CN, text, tag)

describe('reading a name (RFC 5280 §4.1.2.4)', () => {
  it('reads RDNs in their order, with types, tags and texts', () => {
    const read = readName(nameDer(rdn(attribute(O, 'Example', 0x13)), rdn(cn('Bücher'))))
    expect(read.malformed).toBeUndefined()
    expect(read.isEmpty).toBe(false)
    expect(read.rdns.map((each) => each.map(({ type, tag, text }) => [type, tag, text]))).toEqual([
      [[O, 0x13, 'Example']],
      [[CN, 0x0c, 'Bücher']]
    ])
    expect(read.text).toBe('CN=Bücher,O=Example')
  })

  it('reads the empty name', () => {
    const read = readName(nameDer())
    expect([read.isEmpty, read.key, read.text, read.rdnKeys, read.malformed]).toEqual([true, '', '', [], undefined])
  })

  it.each([
    ['no octets', ''],
    ['another tag', '3100'],
    ['octets after it', '300000'],
    ['an empty RDN', '30023100'],
    ['an RDN that is a SEQUENCE', '30023000'],
    ['an attribute without a value', '3009310730050603550403'],
    ['a value cut short', '300b3109300706035504030c05'],
    ['a length that is not minimal', '30810c310a300806035504030c0141'],
    ['an indefinite length', '3080310a300806035504030c01410000'],
    ['a value with a tag number above 30', '300d310b300906035504031f1f0141']
  ])('says why it cannot read %s, and never throws', (_, hex) => {
    const read = readName(hexBytes(hex))
    expect(read.malformed).toBeTypeOf('string')
    expect(read.rdns).toEqual([])
    expect(read.text).toBe('')
    expect(read.key).toBe(`malformed:${hex}`)
  })

  it('reads any octets without failing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (octets) => {
        const read = readName(octets)
        expect(read.text).toBeTypeOf('string')
        expect(read.key.startsWith('malformed:')).toBe(read.malformed !== undefined)
      })
    )
  })

  it('reads and keys a name of 5,000 RDNs at once', () => {
    const der = sequenceOf(Array.from({ length: 5000 }, (_, at) => rdn(cn(`name ${at}`))))
    const took = cpuTimeOf(() => {
      const read = readName(der)
      expect(read.rdnKeys).toHaveLength(5000)
      expect(read.key.length).toBeGreaterThan(50_000)
    })
    expect(took).toBeLessThan(1000)
  })
})

/** A SEQUENCE of more than 65,535 octets. */
const sequenceOf = (parts: readonly Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(parts)
  return Buffer.concat([
    Uint8Array.of(0x30, 0x83, body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff),
    body
  ])
}

describe('comparing names (RFC 5280 §7.1)', () => {
  const key = (...rdns: readonly Uint8Array[]): string => readName(nameDer(...rdns)).key

  it('finds names equal that differ in case, spaces and string type', () => {
    expect(key(rdn(cn('Example  CA ')))).toBe(key(rdn(cn('example ca', 0x13))))
  })

  it('finds names different that differ in order or number of RDNs', () => {
    expect(key(rdn(cn('a')), rdn(cn('b')))).not.toBe(key(rdn(cn('b')), rdn(cn('a'))))
    expect(key(rdn(cn('a')))).not.toBe(key(rdn(cn('a')), rdn(cn('a'))))
  })

  it('compares multi-valued RDNs as sets', () => {
    const [a, b] = [cn('a'), attribute(OU, 'b')]
    expect(key(rdn(a, b))).toBe(key(rdn(b, a)))
    expect(key(rdn(a, b))).not.toBe(key(rdn(a), rdn(b)))
  })

  it('lets no value forge a separator', () => {
    expect(key(rdn(cn('a,2.5.4.3=b')))).not.toBe(key(rdn(cn('a')), rdn(cn('b'))))
    expect(key(rdn(cn('a+2.5.4.3=b')))).not.toBe(key(rdn(cn('a'), cn('b'))))
    expect(key(rdn(cn('a\\')), rdn(cn('b')))).not.toBe(key(rdn(cn('a\\,2.5.4.3=b'))))
  })

  it('compares emailAddress and domainComponent without case (§4.1.2.6, §7.3)', () => {
    const { emailAddress, DC } = attributeTypes
    expect(key(rdn(attribute(emailAddress, 'A@Example.com', 0x16)))).toBe(
      key(rdn(attribute(emailAddress, 'a@example.COM', 0x16)))
    )
    expect(key(rdn(attribute(DC, 'Example', 0x16)))).toBe(key(rdn(attribute(DC, 'example', 0x16))))
  })

  it('has equal keys exactly where the names’ texts are equal', () => {
    const texts = fc.array(fc.constantFrom('a', 'B', 'a,b', 'a+b', '\\', '2.5.4.3=a', ''), { maxLength: 3 })
    fc.assert(
      fc.property(texts, texts, (one, two) => {
        const keys = [one, two].map((each) => name(...each.map((text) => ['CN', text] as const)).key)
        expect(keys[0] === keys[1]).toBe(JSON.stringify(one) === JSON.stringify(two))
      })
    )
  })
})

describe('values that are no text', () => {
  it('are kept as octets', () => {
    const read = readName(nameDer(rdn(sequence(oid(CN), tlv(0x1e, Uint8Array.of(0, 0x41, 0))))))
    expect(read.malformed).toBeUndefined()
    expect(read.rdns[0]?.[0]?.text).toBeUndefined()
    expect(read.text).toBe('CN=#1e03004100')
  })
})
