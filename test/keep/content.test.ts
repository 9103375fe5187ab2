import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checksumOf, decodeContent, encodeContent } from '#dist/keep/content.js'
import { contentOf } from '../support/store-changes.ts'

const octets = fc.uint8Array({ maxLength: 40 })
const contents = fc.record({
  certificates: fc.array(octets, { maxLength: 5 }),
  crls: fc.array(octets, { maxLength: 5 }),
  constraints: fc.option(fc.string({ unit: 'binary' }), { nil: undefined })
})

const encoded = encodeContent(contentOf(1))

describe('the encoding of what a store holds', () => {
  it('gives back what it was given', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const back = decodeContent(encodeContent(content))
        expect(back?.constraints).toBe(content.constraints)
        expect(back?.certificates.map((der) => [...der])).toEqual(content.certificates.map((der) => [...der]))
        expect(back?.crls.map((der) => [...der])).toEqual(content.crls.map((der) => [...der]))
      })
    )
  })

  it('is the same whenever the content is, so that its checksum is too', () => {
    const { certificates, crls, constraints } = contentOf(1)
    const hex = (octets: string | Uint8Array = ''): string => Buffer.from(octets).toString('hex')
    const parts = [
      ['00000001', '00000001', '0000012c', hex(certificates[0])],
      ['00000001', '00000002', hex(crls[0])],
      ['00000001', '0000001b', hex(constraints)]
    ]
    expect(hex(encoded)).toBe(parts.flat().join(''))
    expect(checksumOf(encoded)).toBe(checksumOf(encodeContent(contentOf(1))))
    expect(checksumOf(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('is not taken with anything left out, left over, or of another format', () => {
    for (let length = 0; length < encoded.length; length += 1) {
      expect(decodeContent(encoded.subarray(0, length))).toBeUndefined()
    }
    expect(decodeContent(Buffer.concat([encoded, Buffer.of(0)]))).toBeUndefined()
    expect(decodeContent(Buffer.concat([Buffer.of(0, 0, 0, 2), encoded.subarray(4)]))).toBeUndefined()
  })

  it('is read without an exception whatever the octets are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (given) => {
        const content = decodeContent(Buffer.concat([Buffer.of(0, 0, 0, 1), given]))
        expect(content === undefined || content.certificates.length >= 0).toBe(true)
      })
    )
  })

  it('does not believe a count', () => {
    expect(decodeContent(Buffer.from('00000001ffffffff00000000', 'hex'))).toBeUndefined()
  })
})
