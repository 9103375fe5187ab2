import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../support/service-app.ts'

let test: TestApp
beforeAll(async () => {
  const mebibytes = 8 * 1_048_576
  test = await testApp({
    settings: { maxBodyBytes: mebibytes, maxBodiesInFlightBytes: 2 * mebibytes, maxValues: 100_000 }
  })
})
afterAll(() => test.app.close())

const post = (payload: string, type = 'application/json') =>
  test.app.inject({ method: 'POST', url: '/validate', headers: { 'content-type': type }, payload })

interface Told {
  readonly code: string
  readonly detail: string
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[]
}

const refused = async (request: object): Promise<readonly [number, Told]> => {
  const answer = await post(JSON.stringify(request))
  return [answer.statusCode, answer.json<Told>()]
}

const many = <T>(count: number, element: T): readonly T[] => Array.from({ length: count }, () => element)
const name = { type: 'dns', value: 'a.example' }

describe('a list of options', () => {
  it.each([
    ['/purpose', (list: number) => ({ purpose: many(list, 'serverAuth') })],
    ['/keyUsage', (list: number) => ({ keyUsage: many(list, 'keyCertSign') })],
    ['/trustStores', (list: number) => ({ trustStores: many(list, 'system') })],
    ['/names', (list: number) => ({ names: many(list, name) })],
    ['/nameConstraints/permitted', (list: number) => ({ nameConstraints: { permitted: many(list, name) } })],
    ['/nameConstraints/excluded', (list: number) => ({ nameConstraints: { excluded: many(list, name) } })],
    ['/policies/initial', (list: number) => ({ policies: { initial: many(list, '1.2.3') } })]
  ])('has 1,000 elements at most: %s', async (pointer, optionsOf) => {
    expect((await post(JSON.stringify({ chain: 'x', ...optionsOf(1_000) }))).statusCode).toBe(200)
    const detail = 'A list may have 1000 elements at most.'
    expect(await refused({ chain: 'x', ...optionsOf(1_001) })).toMatchObject([
      413,
      { code: 'body-too-large', detail, errors: [{ pointer, code: 'body-too-large', detail }] }
    ])
  })

  it('is not made of a text with 10,000 commas', async () => {
    const form = (text: string): string =>
      ['chain', 'purpose']
        .map(
          (field) =>
            `--b\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${field === 'chain' ? 'x' : text}\r\n`
        )
        .join('')
        .concat('--b--\r\n')
    const few = await post(form(',serverAuth,,'), 'multipart/form-data; boundary=b')
    expect(few.statusCode).toBe(200)
    expect(test.asked.at(-1)?.[0]).toMatchObject({ purpose: ['serverAuth'] })
    const answer = await post(form(','.repeat(4_000_000)), 'multipart/form-data; boundary=b')
    expect(answer.statusCode).toBe(413)
    expect(answer.json()).toMatchObject({ code: 'body-too-large', errors: [{ pointer: '/purpose' }] })
  })
})

describe('a text of an option', () => {
  it.each([
    ['/hostname', 1_024, (text: string) => ({ hostname: text })],
    ['/time', 64, (text: string) => ({ time: text })],
    ['/preset', 256, (text: string) => ({ preset: text })],
    ['/purpose', 256, (text: string) => ({ purpose: text })],
    ['/purpose/1', 256, (text: string) => ({ purpose: ['serverAuth', text] })],
    ['/names/0/value', 8_192, (text: string) => ({ names: [{ type: 'uri', value: text }] })]
  ])('at %s has %i characters at most', async (pointer, most, optionsOf) => {
    const [, within] = await refused({ chain: 'x', ...optionsOf('ü'.repeat(most)) })
    expect(within.errors ?? []).not.toContainEqual(
      expect.objectContaining({ detail: expect.stringContaining('characters') })
    )
    expect(await refused({ chain: 'x', ...optionsOf('ü'.repeat(most + 1)) })).toMatchObject([
      400,
      {
        code: 'field-invalid',
        errors: expect.arrayContaining([
          { pointer, code: 'field-invalid', detail: `The value must not have more than ${most} characters.` }
        ])
      }
    ])
  })
})

describe('a fault among much that is none', () => {
  const texts = many(90_000, 'x')

  it('is told with its place, and those beside it up to eight', async () => {
    expect(await refused({ chain: [...texts, 0, 'x', 1] })).toMatchObject([
      400,
      {
        code: 'field-invalid',
        errors: [
          { pointer: '/chain/90000', detail: 'The value must be string.' },
          { pointer: '/chain/90002', detail: 'The value must be string.' }
        ]
      }
    ])
    const [, { errors }] = await refused({ chain: many(90_000, 0) })
    expect(errors.map(({ pointer }) => pointer)).toEqual(many(8, '').map((_, at) => `/chain/${at}`))
    const names = [...many(900, name), { ...name, type: 'x' }, { ...name, other: 1 }]
    const [, below] = await refused({ chain: 'x', names })
    expect(below.errors.map(({ pointer }) => pointer)).toEqual(['/names/900/type', '/names/901/other'])
  })

  it('is told by itself', async () => {
    const since = performance.now()
    expect(await refused({ chain: texts, hostName: 'a' })).toMatchObject([
      400,
      { errors: [{ pointer: '/hostName', code: 'field-unknown' }] }
    ])
    expect(await refused({ chain: texts, policies: { initial: [] } })).toMatchObject([
      400,
      { errors: [{ pointer: '/policies/initial', detail: 'The value must not be an empty array.' }] }
    ])
    // It took more than a second each where every text was held against the schema by itself.
    expect(performance.now() - since).toBeLessThan(2_000)
  })

  it('of names that are not known is told for eight of them', async () => {
    const fields = Object.fromEntries(many(9_000, 0).map((_, at) => [`a${at}`, 0]))
    const [status, { code, errors }] = await refused({ chain: 'x', ...fields })
    expect([status, code]).toEqual([400, 'field-unknown'])
    expect(errors.map(({ pointer }) => pointer)).toEqual(many(8, '').map((_, at) => `/a${at}`))
  })
})
