import { describe, expect, it } from 'vitest'
import { Knowledge } from '#dist/service/lanes/knowledge.js'
import { RepeatedTexts } from '#dist/service/lanes/repeated-texts.js'
import { root } from '../../support/authority.ts'

const ca = root()
const key = ca.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

/** A text of so many characters at least, told from others by its beginning. */
const textOf = (beginning: string, length = 20_000, block = ca.pem): string =>
  `${beginning}\n${block.repeat(Math.ceil(length / block.length))}`

const worker = {}

describe('a text that comes again', () => {
  it('is told to each process once, from the second time on', () => {
    const repeated = new RepeatedTexts(2 ** 26)
    const request = { chain: 'chain', caBundle: textOf('one') }
    expect(repeated.orderFor(worker, request)).toEqual({ request, texts: [], notes: [] })
    const knowledge = new Knowledge()
    for (const notes of [1, 0, 0]) {
      const order = repeated.orderFor(worker, request)
      expect(order).toMatchObject({ request: { chain: 'chain', caBundle: undefined }, texts: [['caBundle', 1]] })
      expect(order.notes).toHaveLength(notes)
      for (const note of order.notes) knowledge.take(note)
      expect(knowledge.text(1)).toBe(request.caBundle)
      expect(knowledge.fieldsOf(request.caBundle)?.size).toBe(0)
    }
    expect(repeated.orderFor({}, request).notes).toEqual([{ kind: 'text', id: 1, text: request.caBundle }])
  })

  it('is known from then on by the octets that JSON writes it with, whole', () => {
    const repeated = new RepeatedTexts(2 ** 26)
    const caBundle = `${textOf('é\t')}\u2028`
    const written = Buffer.from(JSON.stringify(caBundle).slice(1, -1))
    for (const known of [undefined, undefined, caBundle]) {
      expect(repeated.known(written)).toBe(known)
      repeated.orderFor(worker, { caBundle })
    }
    expect(repeated.known(written.subarray(1))).toBeUndefined()
    expect(repeated.known(Buffer.from(caBundle))).toBeUndefined()
    written[written.length >> 1] = 0x20
    expect(repeated.known(written)).toBeUndefined()
  })

  it('may stand in both fields, and is told once', () => {
    const repeated = new RepeatedTexts(2 ** 26)
    const text = textOf('one')
    expect(repeated.orderFor(worker, { intermediates: text, caBundle: text })).toMatchObject({
      texts: [['caBundle', 1]],
      notes: [{ id: 1 }]
    })
    expect(repeated.orderFor(worker, { intermediates: text, caBundle: text })).toMatchObject({
      texts: [
        ['intermediates', 1],
        ['caBundle', 1]
      ],
      notes: []
    })
  })

  it('is never taken for another that begins, ends and is as long as it', () => {
    const repeated = new RepeatedTexts(2 ** 26)
    const around = (middle: string): string => `${textOf('a')}${middle}${textOf('z')}`
    const [one, other] = [around('1'), around('2')]
    for (const caBundle of [one, one]) repeated.orderFor(worker, { caBundle })
    expect(repeated.orderFor(worker, { caBundle: other })).toMatchObject({
      texts: [['caBundle', 2]],
      notes: [{ kind: 'text', id: 2, text: other }]
    })
    expect(repeated.orderFor(worker, { caBundle: one })).toMatchObject({ texts: [['caBundle', 1]], notes: [] })
  })

  it.each([
    ['is short', textOf('short', 10_000)],
    ['has a private key', textOf('key') + key],
    ['has one whose boundaries are damaged', textOf('key') + key.replace('-----BEGIN', '--BEGIN')],
    ['has the end of one', textOf('key') + key.slice(100)],
    ['has one in the place of a certificate', textOf('key') + key.replaceAll('PRIVATE KEY', 'CERTIFICATE')],
    ['has one without boundaries', textOf('key') + key.replaceAll(/-----.*-----/g, '') + textOf('key')],
    ['is no PEM', 'MIIB'.repeat(10_000)],
    ['is too large with what may be read of it', textOf('large', 1_500_000)],
    ['is an array', [textOf('array')]]
  ])('is sent each time where it %s', (_title, caBundle) => {
    const repeated = new RepeatedTexts(2 ** 26)
    const request = { caBundle }
    for (let time = 0; time < 3; time++) {
      expect(repeated.orderFor(worker, request)).toEqual({ request, texts: [], notes: [] })
    }
  })

  it('is sent each time where nothing is to be remembered', () => {
    const repeated = new RepeatedTexts(0)
    const request = { caBundle: textOf('one') }
    for (let time = 0; time < 3; time++) expect(repeated.orderFor(worker, request).texts).toEqual([])
  })

  it('makes room for others: the one that was not needed for longest is forgotten', () => {
    const texts = ['a', 'b', 'c'].map((each) => textOf(each))
    const length = Math.max(...texts.map((text) => text.length))
    const repeated = new RepeatedTexts(48 * 2 * length)
    const ask = (at: number) => repeated.orderFor(worker, { caBundle: texts[at] ?? '' })
    for (const at of [0, 1, 2, 0, 1, 0]) ask(at)
    const knowledge = new Knowledge()
    for (const id of [1, 2]) knowledge.take({ kind: 'text', id, text: texts[id - 1] ?? '' })
    const { notes } = ask(2)
    expect(notes).toMatchObject([
      { kind: 'forget-texts', ids: [2] },
      { kind: 'text', id: 3 }
    ])
    for (const note of notes) knowledge.take(note)
    expect(() => knowledge.text(2)).toThrow('not told')
    expect(knowledge.fieldsOf(texts[1] ?? '')).toBeUndefined()
    expect(ask(0)).toMatchObject({ texts: [['caBundle', 1]], notes: [] })
  })
})
