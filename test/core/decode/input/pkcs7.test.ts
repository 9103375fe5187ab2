import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPkcs7 } from '#dist/core/decode/input/pkcs7.js'
import { explicit, hexBytes, integer, oid, sequence, tlv } from '../../../support/der-writer.ts'

const first = sequence(integer(1))
const second = sequence(integer(2), tlv(0x30))
const list = sequence(integer(3))
const signedDataType = oid('1.2.840.113549.1.7.2')
const dataType = sequence(oid('1.2.840.113549.1.7.1'))
const fields = [integer(1), tlv(0x31), dataType]
const message = (...contents: readonly Uint8Array[]): Uint8Array =>
  sequence(signedDataType, explicit(0, sequence(...fields, ...contents)))

/** An element of indefinite length (X.690 §8.1.3.6). */
const open = (tag: number, ...contents: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([Uint8Array.of(tag, 0x80), ...contents, Uint8Array.of(0, 0)])
const berMessage = (...contents: readonly Uint8Array[]): Uint8Array =>
  open(0x30, signedDataType, open(0xa0, open(0x30, ...fields, ...contents)))

const objects = (bytes: Uint8Array): unknown => {
  const read = readPkcs7(bytes, 10, 64)
  return read.ok ? read.value.map(({ type, der }) => [type, Buffer.from(der).toString('hex')]) : read.reason
}
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('readPkcs7 (RFC 5652 §5.1)', () => {
  it('gives certificates and CRLs in their order, as they came', () => {
    expect(objects(message(explicit(0, first, second), explicit(1, list), tlv(0x31)))).toEqual([
      ['certificate', hex(first)],
      ['certificate', hex(second)],
      ['crl', hex(list)]
    ])
  })

  it('reads indefinite lengths, nested in what it passes over as well', () => {
    const content = open(0x30, oid('1.2.840.113549.1.7.1'), open(0xa0, open(0x24, tlv(4, hexBytes('0000')))))
    const frame = open(
      0x30,
      signedDataType,
      open(0xa0, open(0x30, integer(1), tlv(0x31), content, open(0xa0, first, second), tlv(0x31)))
    )
    expect(objects(frame)).toEqual([
      ['certificate', hex(first)],
      ['certificate', hex(second)]
    ])
  })

  it('tells other kinds of certificates and of revocation information from those (RFC 5652 §10.2)', () => {
    expect(objects(message(explicit(0, explicit(2), first), explicit(1, explicit(1))))).toEqual([
      ['other', 'a200'],
      ['certificate', hex(first)],
      ['other', 'a100']
    ])
  })

  it('reads a message with signers and without digest algorithms', () => {
    expect(objects(message(explicit(0, first), tlv(0x31, sequence(integer(1)))))).toEqual([['certificate', hex(first)]])
  })

  it('reads no more than it is asked for', () => {
    expect(readPkcs7(message(explicit(0, first, second)), 1, 64)).toMatchObject({
      ok: true,
      value: [{ type: 'certificate' }]
    })
  })

  it.each([
    [
      'another type of content',
      sequence(oid('1.2.840.113549.1.7.3'), explicit(0, sequence())),
      'it holds encrypted (enveloped) data, not signed data'
    ],
    ['a type that is not known', sequence(oid('1.2.3')), 'it holds content of type 1.2.3, not signed data'],
    ['octets after it', Buffer.concat([message(), hexBytes('00')]), 'it has octets after its end'],
    ['an end before the content', sequence(signedDataType), 'it ends before its content'],
    [
      'a length that leads beyond its end',
      message(explicit(0, first)).subarray(0, -1),
      'it is cut short: a length leads beyond its end'
    ],
    ['no end-of-contents octets', berMessage(explicit(0, first)).subarray(0, -2), 'it is cut short'],
    [
      'end-of-contents octets with contents',
      hexBytes('3080 0001 00'),
      'it has end-of-contents octets other than 00 00'
    ],
    [
      'a primitive element of indefinite length',
      hexBytes('3080 0480 0000 0000'),
      'it has a primitive element of indefinite length'
    ],
    ['a length of nine octets', hexBytes('3089 010000000000000000'), 'it has a length of more than eight octets'],
    [
      'something else in place of the version',
      sequence(signedDataType, explicit(0, sequence(tlv(4)))),
      'it has something else in place of its version'
    ]
  ])('refuses %s', (_, bytes, reason) => {
    expect(objects(bytes)).toBe(reason)
  })

  it.each([1_000, 100_000])('refuses %i nested elements of indefinite length, without recursion', (depth) => {
    expect(objects(Buffer.from('3080'.repeat(depth), 'hex'))).toBe('it is nested deeper than 64 levels')
    const ends = Buffer.from('3080'.repeat(depth) + '0000'.repeat(depth), 'hex')
    expect(objects(berMessage(open(0xa0, ends)))).toBe('it is nested deeper than 64 levels')
  })

  it('gives slices of what came, whatever the lengths are like', () => {
    const element = fc.uint8Array({ maxLength: 300 }).map((contents) => tlv(0x30, contents))
    const property = (
      elements: readonly Uint8Array[],
      frame: (...contents: readonly Uint8Array[]) => Uint8Array
    ): void => {
      const read = readPkcs7(frame(explicit(0, ...elements)), elements.length, 64)
      expect(read.ok && read.value.map(({ der }) => hex(der))).toEqual(elements.map(hex))
    }
    fc.assert(fc.property(fc.array(element, { maxLength: 8 }), fc.constantFrom(message, berMessage), property))
  })

  it('says of its content type that it is not in DER', () => {
    const longer = tlv(0x06, hexBytes('2a864886f70d010702'))
    const given = Buffer.concat([longer.subarray(0, 1), Uint8Array.of(0x81), longer.subarray(1)])
    expect(objects(sequence(given, explicit(0, sequence(...fields))))).toBe(
      'its content type has a length that is not minimal'
    )
  })

  it('never throws on a message with octets changed', () => {
    const whole = berMessage(open(0xa0, first, second), explicit(1, list))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const changed = Uint8Array.from(whole)
          for (const [at, octet] of changes) changed[at] = octet
          const read = readPkcs7(changed, 10, 64)
          expect(read.ok || /^(it|its) /.test(read.reason)).toBe(true)
        }
      ),
      { numRuns: 3000 }
    )
  })
})
