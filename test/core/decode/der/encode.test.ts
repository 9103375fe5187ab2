import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentOf, DerReader, single } from '#dist/core/decode/der/der.js'
import { encode, encodeOid } from '#dist/core/decode/der/encode.js'
import { readOid } from '#dist/core/decode/der/primitives.js'

describe('encoding DER', () => {
  it('writes lengths in the fewest octets (X.690 §10.1)', () => {
    expect([...encode(4, Uint8Array.of(1, 2), Uint8Array.of(3))]).toEqual([4, 3, 1, 2, 3])
    expect([...encode(4, new Uint8Array(127)).subarray(0, 2)]).toEqual([4, 127])
    expect([...encode(4, new Uint8Array(128)).subarray(0, 3)]).toEqual([4, 0x81, 128])
    expect([...encode(4, new Uint8Array(256)).subarray(0, 4)]).toEqual([4, 0x82, 1, 0])
  })

  it('writes what the strict reader reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (content) => {
        expect([...contentOf(single(encode(4, content), 4, 'octets'))]).toEqual([...content])
      })
    )
  })

  it('writes OIDs, and nothing for what is none', () => {
    for (const dotted of ['0.0', '1.2.840.113549.1.9.1', '2.5.4.3', '2.999.1', '1.39.127.128.16383.16384']) {
      const der = encodeOid(dotted)
      expect(der && readOid(new DerReader(der, 'oid').element(), 'oid')).toBe(dotted)
    }
    for (const text of ['', '1', '3.1', '1.40', '1.2.', '.1.2', '1..2', 'x', '1.2.12345678901'])
      expect(encodeOid(text)).toBeUndefined()
  })
})
