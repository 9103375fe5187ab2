import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64 } from '#dist/core/decode/pem/base64.js'

describe('decodeBase64 (RFC 4648 §4)', () => {
  it('reads the same, however it is broken into lines', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 70 }), (octets, width) => {
        const lines =
          Buffer.from(octets)
            .toString('base64')
            .match(new RegExp(`.{1,${width}}`, 'g')) ?? []
        for (const ending of ['\n', '\r\n', ' \t', '']) {
          const read = decodeBase64(lines.join(ending))
          expect(read.ok && Buffer.from(read.value).equals(octets)).toBe(true)
        }
      })
    )
  })

  it.each(['\u0141', '\u012d', '\u010a', '\ud841', '\u00ad'])(
    'takes no character beyond ASCII for one of base64',
    (character) => {
      expect(decodeBase64(`AAA${character}`).ok).toBe(false)
      expect(decodeBase64(`AAAA\n${character}AAA\nAAAA`).ok).toBe(false)
    }
  )

  it('takes what leaves out the padding, and nothing that differs otherwise from what its octets are written as', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ABab01+/-_=\n .'), maxLength: 12 })
    fc.assert(
      fc.property(text, (given) => {
        const read = decodeBase64(given)
        const compact = given.replaceAll(/[\n ]/g, '')
        const written = Buffer.from(compact, 'base64').toString('base64')
        const sound = compact !== '' && (compact === written || compact === written.replaceAll('=', ''))
        expect(read.ok).toBe(sound)
      }),
      { numRuns: 3_000 }
    )
  })
})
