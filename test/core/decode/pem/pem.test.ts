import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PemBlock, pemBlocks } from '#dist/core/decode/pem/pem.js'

const octets = Uint8Array.from({ length: 100 }, (_, at) => at * 7)
const base64 = Buffer.from(octets).toString('base64')
const lines = base64.replace(/(.{64})/g, '$1\n')
const begin = '-----BEGIN CERTIFICATE-----'
const end = '-----END CERTIFICATE-----'
const block = `${begin}\n${lines}\n${end}\n`

const read = (text: string): readonly PemBlock[] => [...pemBlocks(text)]
const good = (line: number, contents: Uint8Array = octets): unknown => ({
  type: 'contents',
  object: 'certificate',
  label: 'CERTIFICATE',
  line,
  encrypted: false,
  octets: Buffer.from(contents)
})
const faulty = (line: number, reason: string): unknown => ({
  type: 'fault',
  object: 'certificate',
  label: 'CERTIFICATE',
  line,
  reason
})

describe('pemBlocks: what is accepted (RFC 7468 §2 and §3)', () => {
  it.each([
    ['a plain block', block, 1],
    ['text before and after', `subject=CN = a\n\n${block}issuer -- b ---\n`, 3],
    ['a byte order mark before the first BEGIN line', `\ufeff${block}`, 1],
    ['CRLF', block.replaceAll('\n', '\r\n'), 1],
    ['CR alone, lines counted', `text\r\r${block.replaceAll('\n', '\r')}`, 3],
    ['no final line end', block.trimEnd(), 1],
    ['base64 on one line', `${begin}\n${base64}\n${end}`, 1],
    ['all on one line', `${begin} ${base64} ${end}`, 1],
    ['empty lines and tabs within', `${begin}\n\n\t${lines.replaceAll('\n', '\n\n \t')}\v\f\n${end}`, 1],
    ['padding left out', block.replaceAll('=', ''), 1],
    ['an indented paste from YAML', `cert: |\n${block.replaceAll(/^/gm, '    ')}`, 2],
    ['a key and a quotation mark before the BEGIN line', `{"cert": "${block.replaceAll('\n', '\\n')}"}`, 1],
    ['line ends of JSON escaped twice', `"${block.replaceAll('\n', '\\\\r\\\\n')}"`, 1],
    ['slashes escaped as in JSON', JSON.stringify(block).replaceAll('/', '\\/'), 1],
    ['a shell assignment', `CERT=${block}`, 1],
    ['line ends with a backslash before them', block.replaceAll('\n', '\\\n'), 1],
    ['explanatory text that speaks of BEGIN lines', `from -----BEGIN CERTIFICATE----- to ${end}\n\n${block}`, 3],
    ['a line of hyphens before', `-------------\n${block}`, 2],
    ['text straight after the END line', `${block.trimEnd()} # mine`, 1]
  ])('reads %s', (_, text, line) => {
    expect(read(text)).toEqual([good(line)])
  })

  it('reads blocks that follow each other without a line end between, in their order', () => {
    const second = Uint8Array.of(1, 2, 3)
    const text = block.trimEnd() + block.replace(lines, Buffer.from(second).toString('base64'))
    expect(read(text)).toEqual([good(1), good(5, second)])
  })

  it('passes over headers up to the empty line (RFC 1421 §4.4), and tells an encrypted key by them', () => {
    const key = (headers: string): string =>
      `-----BEGIN RSA PRIVATE KEY-----\n${headers}\n\n${lines}\n-----END RSA PRIVATE KEY-----`
    const of = (encrypted: boolean): unknown => ({
      type: 'contents',
      object: 'private-key',
      label: 'RSA PRIVATE KEY',
      line: 1,
      encrypted,
      octets: Buffer.from(octets)
    })
    expect(read(key('Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF'))).toEqual([
      of(true)
    ])
    expect(read(key('X-Comment: one\n  and more').replaceAll('\n', '\r\n'))).toEqual([of(false)])
  })

  it('takes the label ENCRYPTED PRIVATE KEY for an encrypted key', () => {
    const text = block.replaceAll('CERTIFICATE', 'ENCRYPTED PRIVATE KEY')
    expect(read(text)).toMatchObject([{ type: 'contents', object: 'encrypted-private-key', encrypted: true }])
  })

  it.each([
    ['X509 CERTIFICATE', 'certificate'],
    ['TRUSTED CERTIFICATE', 'trusted-certificate'],
    ['PKCS7', 'pkcs7'],
    ['CMS', 'pkcs7'],
    ['X509 CRL', 'crl'],
    ['EC PRIVATE KEY', 'private-key'],
    ['DSA PRIVATE KEY', 'private-key'],
    ['OPENSSH PRIVATE KEY', 'private-key']
  ])('knows the label %s', (label, object) => {
    expect(read(block.replaceAll('CERTIFICATE', label))).toMatchObject([{ type: 'contents', label, object, line: 1 }])
  })

  it('tells of blocks with other labels without looking into them', () => {
    const text = `-----BEGIN EC PARAMETERS-----\nnot base64!\n-----END EC PARAMETERS-----\n${block}`
    expect(read(text)).toEqual([{ type: 'other', label: 'EC PARAMETERS', line: 1 }, good(4)])
  })
})

describe('pemBlocks: what is a fault in its place (RFC 7468 §2 and §3)', () => {
  const fiveHyphens = 'does not have exactly five hyphens (-) on either side'
  it.each([
    ['no END line', `${begin}\n${lines}\n`, 'it has no END line'],
    ['an END line that is cut', `${begin}\n${lines}\n-----END CERTIF`, 'it has no END line'],
    ['another END label', block.replace('END CERTIFICATE', 'END X509 CRL'), otherEnd()],
    ['an END label that is not known', block.replace('END CERTIFICATE', 'END SOMETHING'), otherEnd()],
    ['padding in the middle', block.replace(lines, `AAA=${lines}`), 'its base64 has padding before its end'],
    ['too much padding', block.replace(lines, 'AAAAA==='), 'its base64 has padding before its end'],
    ['wrong padding', block.replace(lines, 'AAA=='), 'its base64 has wrong padding'],
    ['a last group of one character', block.replace(lines, 'AAAAA'), 'its base64 is cut short'],
    ['bits beyond the last octet', block.replace(lines, 'AAB='), 'its base64 has bits beyond its last octet'],
    ['bits beyond the last octet of two', block.replace(lines, 'AH=='), 'its base64 has bits beyond its last octet'],
    ['no contents', `${begin}\n${end}`, 'it is empty'],
    ['a NUL', block.replace(lines, `${lines}\0`), 'it has a character that is not of base64 (line 4)'],
    ['base64url', block.replace(lines, 'AA-_'), 'it has a character that is not of base64 (line 2)'],
    [
      'headers without an end',
      block.replace(lines, `A: b\n${lines}`),
      'it has a colon in its first line, and no empty line that ends its headers'
    ],
    ['a hyphen lost before BEGIN', block.slice(1), `its BEGIN line ${fiveHyphens}`],
    ['a hyphen lost after BEGIN', block.replace(begin, begin.slice(0, -1)), `its BEGIN line ${fiveHyphens}`],
    ['dashes of a word processor', block.replaceAll('-----', '\u2013\u2013\u2014'), `its BEGIN line ${fiveHyphens}`],
    ['a hyphen lost after END', block.replace(end, end.slice(0, -1)), `its END line ${fiveHyphens}`],
    [
      'small letters in the label',
      block.replaceAll('CERTIFICATE', 'Certificate'),
      'its BEGIN line does not have the label in the one way in which it is written (RFC 7468 §3)'
    ]
  ])('refuses %s, and reads on', (_, text, reason) => {
    expect(read(text)[0]).toEqual(faulty(1, reason))
    expect(read(`${text}\n${block}`).at(-1)).toMatchObject({ type: 'contents' })
    expect(read(`${text}\n${block}`)[0]).toMatchObject({ type: 'fault', line: 1 })
  })

  it('refuses a block that another BEGIN line cuts, and says where', () => {
    expect(read(`${begin}\n${lines}\n\n${block}`)).toEqual([
      faulty(1, 'it has no END line: another BEGIN line stands in line 6'),
      good(6)
    ])
  })

  it('refuses an END line without a BEGIN line, as where that was damaged beyond recognition', () => {
    expect(read(`+++++BEGIN CERTIFICATE+++++\n${lines}\n${end}\n${block}`)).toEqual([
      faulty(5, 'it has an END line without a BEGIN line before it'),
      good(6)
    ])
  })

  it('refuses a block of an unknown label whose END line has a known one', () => {
    expect(read(block.replace('BEGIN CERTIFICATE', 'BEGIN CERTIFCATE'))).toEqual([
      { type: 'fault', object: 'certificate', label: 'CERTIFCATE', line: 1, reason: otherEnd() }
    ])
  })
})

function otherEnd(): string {
  return 'its END line has another label than its BEGIN line'
}

describe('pemBlocks: properties', () => {
  const noise = fc
    .array(
      fc.constantFrom(
        '-----',
        '-',
        'BEGIN ',
        'END ',
        'CERTIFICATE',
        '\n',
        '\r',
        '\\n',
        ' ',
        'QUJD',
        '=',
        ':',
        '\0',
        '\u2013',
        '"'
      ),
      { maxLength: 60 }
    )
    .map((parts) => parts.join(''))

  it('gives back any octets, whatever the line length, line ends and text around', () => {
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\\n', '\\r\\n')
    const prose = fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[-\\]/g, ''))
    const property = (contents: Uint8Array, width: number, eol: string, around: string): void => {
      const text =
        Buffer.from(contents)
          .toString('base64')
          .match(new RegExp(`.{1,${width}}`, 'g')) ?? []
      const blocks = read([`${around}\n${begin}`, ...text, end, around].join(eol))
      expect(blocks.map((read) => read.type === 'contents' && Buffer.from(read.octets))).toEqual([
        Buffer.from(contents)
      ])
    }
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 99 }),
        lineEnd,
        prose,
        property
      )
    )
  })

  it('never throws, and counts lines upwards', () => {
    fc.assert(
      fc.property(noise, (text) => {
        const at = read(text).map(({ line }) => line)
        expect(at).toEqual(at.toSorted((a, b) => a - b))
      }),
      { numRuns: 2000 }
    )
  })

  it('never passes over a block: whatever stands before it, the first thing found is a fault or it is read', () => {
    const before = noise.map((text) => `${text}\n`)
    fc.assert(
      fc.property(before, (text) => {
        const blocks = read(text + block)
        const line = text.split(/\r\n|\r|\n/).length
        expect(
          blocks.some((found) => found.type === 'contents' && found.line === line) ||
            blocks.some(({ type }) => type !== 'contents')
        ).toBe(true)
      }),
      { numRuns: 2000 }
    )
  })

  it('never quotes what is in a block', () => {
    const secret = 'U2VjcmV0S2V5TWF0ZXJpYWw'
    const damage = fc.tuple(fc.nat(200), fc.nat(8), noise)
    const key = `-----BEGIN PRIVATE KEY-----\n${secret}\n${secret}\n-----END PRIVATE KEY-----\n`
    fc.assert(
      fc.property(damage, ([at, length, instead]) => {
        const text = key.slice(0, at) + instead + key.slice(at + length)
        const told = read(text).map((found) => (found.type === 'fault' ? found.reason + found.label : found.label))
        expect(told.join().includes(secret.slice(0, 12))).toBe(false)
      }),
      { numRuns: 1000 }
    )
  })

  it.each([
    ['BEGIN lines without END', `${begin}\n`],
    ['fragments of BEGIN lines', '-----BEGIN'],
    ['fragments with a space', '-----BEGIN '],
    ['END lines', '--END '],
    ['hyphens', '-'],
    ['escapes', 'A\\n']
  ])('takes time in proportion to the text for %s', (_, unit) => {
    const took = (length: number): number => {
      const text = `${begin}\n${unit.repeat(length / unit.length)}`
      const start = performance.now()
      expect(read(text).length).toBeGreaterThan(0)
      return performance.now() - start
    }
    took(100_000)
    // Quadratic work on four million characters would take minutes.
    expect(took(4_000_000)).toBeLessThan(5_000)
  })
})
