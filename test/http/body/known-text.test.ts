import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '#dist/http/body/json.js'
import { parseRequest } from '#dist/http/body/known-text.js'
import { Problem } from '#dist/http/problem.js'
import type { KnownText } from '#dist/service/lanes/repeated-texts.js'

const limits = { maxDepth: 4, maxValues: 20 }
const text = `Ä "quoted"\n${'-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'.repeat(400)}`
const plain = text.replaceAll('"', "'")
const written = JSON.stringify(plain)

/** Knows the text by its octets, and gives `as` for it: so it is seen whether the octets themselves were read. */
const knows =
  (as: string): KnownText =>
  (octets) =>
    octets.equals(Buffer.from(written.slice(1, -1))) ? as : undefined

const read = (json: string, known: KnownText = knows(plain)): unknown =>
  resultOf(() => parseRequest(Buffer.from(json), limits, known))
const readWhole = (json: string): unknown => resultOf(() => parseJson(Buffer.from(json), limits))

const resultOf = (reading: () => unknown): unknown => {
  try {
    return { value: reading() }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.document
  }
}

describe('a text that is known', () => {
  it.each([
    ['alone', `{"caBundle":${written}}`],
    ['after others', `{"chain":["a","b"],"hostname":"x","caBundle":${written}}`],
    ['before others', `{"caBundle":${written},"chain":"a"}`],
    ['with white space', `\n{ "chain" : "a" ,\r\n\t"caBundle" :\n ${written} }\n`]
  ])('is not read where its field stands %s', (_where, json) => {
    expect(read(json, knows('the text'))).toEqual({ value: { ...JSON.parse(json), caBundle: 'the text' } })
  })

  it('is not read in both fields', () => {
    const json = `{"intermediates":${written},"chain":"a","caBundle":${written}}`
    const value = { intermediates: 'the text', chain: 'a', caBundle: 'the text' }
    expect(read(json, knows('the text'))).toEqual({ value })
    expect(read(json)).toEqual(readWhole(json))
  })

  it.each([
    ['with other escapes', `{"caBundle":${written.replaceAll('\\n', '\\u000a')}}`],
    ['with one character more', `{"caBundle":"x${written.slice(1)}}`],
    ['with an escaped quotation mark', `{"caBundle":${JSON.stringify(text)}}`],
    ['in a list', `{"caBundle":[${written}]}`],
    ['in another object', `{"options":{"caBundle":${written}},"caBundle":"a"}`],
    ['twice in one object', `{"caBundle":"a","caBundle":${written}}`],
    ['twice in one object, and first', `{"caBundle":${written},"caBundle":"a"}`],
    ['as the end of another name', `{"x\\"caBundle":${written},"caBundle":"a"}`],
    ['in a body that is far larger', `{"caBundle":${written},"chain":"${'a'.repeat(4 * written.length)}"}`],
    ['in another text', `{"chain":"\\"caBundle\\":${written.slice(1)},"caBundle":"a"}`],
    ['as the end of another text', `{"chain":"\\"caBundle":${written}}`],
    ['where no JSON is', `{"caBundle":${written}, chain}`],
    ['before an end that is missing', `{"caBundle":${written}`],
    ['where nothing ends it', `{"caBundle":${written.slice(0, -1)}`],
    ['as a name', `{${written}:"caBundle"}`],
    ['in an array', `["caBundle",${written}]`],
    ['beside more values than may be', `{"caBundle":${written},"x":[${'1,'.repeat(30)}1]}`],
    ['beside more depth than may be', `{"caBundle":${written},"x":[[[[[]]]]]}`]
  ])('is read as any other %s', (_where, json) => {
    expect(read(json)).toEqual(readWhole(json))
    expect(read(json, knows('the text'))).toEqual(readWhole(json))
  })

  it('is the same value or the same refusal wherever it stands', () => {
    const pieces = [
      '"caBundle"',
      '"intermediates"',
      ':',
      written,
      ',',
      '{',
      '}',
      '"',
      '\\"',
      '\\',
      '[',
      ']',
      ' ',
      '"a"'
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (chosen) => {
        const json = `{"caBundle":${written},${chosen.join('')}}`
        expect(read(json)).toEqual(readWhole(json))
        expect(read(chosen.join('') + written)).toEqual(readWhole(chosen.join('') + written))
      }),
      { numRuns: 300 }
    )
  })

  it('is nothing that a small body is searched for', () => {
    const json = JSON.stringify({ caBundle: 'a' })
    const never = (): never => {
      throw new Error('It is searched')
    }
    expect(read(json, never)).toEqual({ value: { caBundle: 'a' } })
  })
})
