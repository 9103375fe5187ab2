import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formParts } from '#dist/http/body/form-parts.js'

const parts = (text: string, most = 8): ReturnType<typeof formParts> => formParts(Buffer.from(text), 'b', most)
const part = (name: string, contents: string): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${contents}\r\n`
const octets = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text))

describe('the parts of a form (RFC 7578)', () => {
  it('are its fields and files, in their order', () => {
    const file =
      '--b\r\ncontent-type: text/plain\r\ncontent-disposition: form-data; name="chain"; filename="a.pem"\r\n\r\n\r\n'
    expect(parts(`${part('a', 'x\r\n--\r\n-b')}${part('', '')}${file}--b--\r\nepilogue`)).toEqual([
      { name: 'a', fileName: undefined, octets: octets('x\r\n--\r\n-b') },
      { name: '', fileName: undefined, octets: octets('') },
      { name: 'chain', fileName: 'a.pem', octets: octets('') }
    ])
  })

  it('have names in which browsers escape quotation marks and line ends', () => {
    expect(parts(`${part('a%22%0D%0Aé%20', '')}--b--`)).toMatchObject([{ name: 'a"\r\né%20' }])
  })

  it('are files as well where the name is in the extended form (RFC 8187), or empty', () => {
    const header = (parameter: string): string =>
      `--b\r\nContent-Disposition: form-data; name="a"; ${parameter}\r\n\r\n\r\n--b--`
    expect(parts(header("filename*=UTF-8''x"))).toMatchObject([{ fileName: '*' }])
    expect(parts(header('filename=""'))).toMatchObject([{ fileName: '' }])
  })

  it('are no more than were asked for', () => {
    expect(parts(`${part('a', '').repeat(8)}--b--`)).toHaveLength(8)
    expect(parts(`${part('a', '').repeat(9)}--b--`)).toBe('too-many')
  })

  it.each([
    ['without a beginning', `x${part('a', '')}--b--`],
    ['without an end', part('a', '')],
    ['with a part without an end', '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nx'],
    ['with a part without a name', '--b\r\ncontent-disposition: form-data\r\n\r\n\r\n--b--'],
    ['with a part of another disposition', '--b\r\ncontent-disposition: attachment; name="a"\r\n\r\n\r\n--b--'],
    ['with a part without a header', '--b\r\n\r\nx\r\n--b--'],
    ['with another boundary', `${part('a', '')}--bc--`],
    [
      'with a header of megabytes',
      `--b\r\n${'a: b\r\n'.repeat(200_000)}content-disposition: form-data; name="a"\r\n\r\n\r\n--b--`
    ]
  ])('are none of a text %s', (_what, text) => {
    expect(parts(text)).toBeUndefined()
  })

  it('cost no more than one pass where the end of a part is all but there', () => {
    const start = performance.now()
    const contents = '\r\n--'.repeat(2_000_000)
    const read = parts(`${part('a', contents)}--b--`)
    expect(Array.isArray(read) && read.map((each) => each.octets.length)).toEqual([contents.length])
    expect(performance.now() - start).toBeLessThan(2_000)
  })

  it('are read as they were written, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.stringMatching(/^[a-z"\r\n]{1,8}$/), fc.uint8Array())), async (fields) => {
        const data = new FormData()
        for (const [name, contents] of fields) data.append(name, new Blob([Uint8Array.from(contents)]), 'file')
        const request = new Response(data)
        const boundary = /boundary=(.*)$/.exec(request.headers.get('content-type') ?? '')?.[1] ?? ''
        const read = formParts(Buffer.from(await request.arrayBuffer()), boundary, 100)
        if (fields.length === 0) return
        expect(read).toEqual(
          fields.map(([name, contents]) => ({
            name: name.replaceAll(/\r\n|\r|\n/g, '\r\n'),
            fileName: 'file',
            octets: Uint8Array.from(contents)
          }))
        )
      }),
      { numRuns: 30 }
    )
  })
})
