import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { commonName, intermediate, root, server } from '../support/authority.ts'
import { vidimus } from '../support/command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))
const save = (name: string, contents: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, contents)
  return path
}

const ca = root()
const issuing = intermediate(ca)
const leaf = server(issuing)
const expired = server(issuing, 'old.example.test', { notAfter: '251231000000' })
const caFile = save('ca.pem', ca.pem)
const chain = save('chain.pem', leaf.pem + issuing.pem)
const time = ['--time', '2026-11-23T12:00:00Z']

describe('vidimus validate', () => {
  it('says that a chain is valid, with its path, and ends with 0', () => {
    const { status, output, errors } = vidimus([
      'validate',
      chain,
      '--ca-file',
      caFile,
      '--hostname',
      'www.example.test',
      ...time
    ])
    expect([status, errors]).toEqual([0, ''])
    expect(output).toBe(
      [
        `${chain}: valid, at the latest until 2035-01-01T00:00:00Z`,
        '  0 CN=www.example.test (end-entity, chain[0])',
        '  1 CN=Test Intermediate (intermediate, chain[1])',
        '  2 CN=Test Root (trust-anchor, caBundle[0])',
        ''
      ].join('\n')
    )
  })

  it('says each error below its certificate with the rule and the remedy, and ends with 1', () => {
    const file = save('expired.pem', expired.pem + issuing.pem)
    const { status, output } = vidimus(['validate', file, '--ca-file', caFile, ...time])
    expect(status).toBe(1)
    const lines = output.split('\n')
    expect(lines.slice(0, 2)).toEqual([`${file}: invalid`, '  0 CN=old.example.test (end-entity, chain[0])'])
    expect(lines[2]).toMatch(
      /^ {4}error: expired: The certificate expired on 2025-12-31.* \[RFC 5280 §6\.1\.3 \(a\)\(2\)\]$/
    )
    expect(lines[3]).toMatch(/^ {4}remedy: Renew the certificate/)
  })

  it('reads standard input, where no file or - is named', () => {
    for (const operands of [[], ['-']]) {
      const { status, output } = vidimus(
        ['validate', ...operands, '--ca-file', caFile, ...time],
        leaf.pem + issuing.pem
      )
      expect([status, output.split('\n')[0]]).toEqual([0, expect.stringMatching(/^standard input: valid/)])
    }
  })

  it('completes a path with --untrusted, as a stranger’s certificate does not', () => {
    const bare = save('bare.der', leaf.der)
    expect(vidimus(['validate', bare, '--ca-file', caFile, ...time]).status).toBe(1)
    const others = save('others.pem', issuing.pem)
    expect(vidimus(['validate', bare, '--ca-file', caFile, '--untrusted', others, ...time]).status).toBe(0)
  })

  it('judges several files and folders one by one; the worst is the exit status, and JSON has a line for each', () => {
    const many = join(folder, 'many')
    mkdirSync(many)
    writeFileSync(join(many, 'a.pem'), leaf.pem + issuing.pem)
    writeFileSync(join(many, 'b.crt'), expired.pem + issuing.pem)
    writeFileSync(join(many, 'notes.txt'), 'no certificate')
    const { status, output } = vidimus(['validate', chain, many, '--ca-file', caFile, '--json', ...time])
    expect(status).toBe(1)
    const answers = output
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(answers).toMatchObject([
      { file: chain, valid: true, path: [{}, {}, {}] },
      { file: join(many, 'a.pem'), outcome: 'valid' },
      { file: join(many, 'b.crt'), outcome: 'invalid', errors: [{ code: 'expired', certificate: 0 }] }
    ])
  })

  it('ends with 2 where nothing can be told: evidence is missing, or it is no certificate', () => {
    const required = vidimus(['validate', chain, '--ca-file', caFile, '--revocation', 'require', ...time])
    expect([required.status, required.output]).toEqual([2, expect.stringContaining('it cannot be told')])
    const junk = vidimus(['validate', save('junk.pem', 'no certificate!'), '--ca-file', caFile])
    expect([junk.status, junk.output]).toEqual([2, expect.stringContaining('it cannot be told: pem-malformed')])
  })

  it('says where the private key in the file is that of another certificate', () => {
    const withKey = (of: typeof leaf): string =>
      save('combined.pem', `${of.key.privateKey.export({ type: 'pkcs8', format: 'pem' })}${leaf.pem}${issuing.pem}`)
    const told = (file: string): readonly string[] =>
      vidimus(['validate', file, '--ca-file', caFile, ...time])
        .output.split('\n')
        .slice(4)
    expect(told(withKey(leaf))).toEqual([''])
    expect(told(withKey(expired))).toEqual(['  private key: it does not belong to the end entity.', ''])
  })

  it('says nothing where it is asked to be quiet', () => {
    expect(vidimus(['validate', chain, '--ca-file', caFile, '--quiet', ...time])).toEqual({
      status: 0,
      output: '',
      errors: ''
    })
  })

  it.each([
    [['validate', '--nonsense'], 64, /Unknown option '--nonsense'/],
    [['validate', '--profile', 'x'], 64, /--profile must be one of rfc5280, webpki, not "x"\./],
    [['validate', '--purpose', 'x'], 64, /--purpose must be one of serverAuth/],
    [['validate', '/nowhere/at/all.pem'], 66, /\/nowhere\/at\/all\.pem cannot be read: ENOENT/],
    [['nonsense'], 64, /There is no command "nonsense"/],
    [['errors', 'nonsense'], 64, /There is no code "nonsense"/],
    [['man', 'x'], 64, /man takes no operand/],
    [['completion', 'csh'], 64, /bash, zsh, fish/]
  ])('refuses %j in a sentence', (args, status, message) => {
    const ran = vidimus(args)
    expect([ran.status, ran.output]).toEqual([status, ''])
    expect(ran.errors).toMatch(message)
    expect(ran.errors).toMatch(/^vidimus: /)
  })

  it('shows nothing of a certificate or a file’s name that could change what a person sees', () => {
    const hostile = server(issuing, 'x.test', { subject: commonName('evil\u001b[2J\u202e\n') })
    const file = save('a\u001b[31m.pem', hostile.pem + issuing.pem)
    const { output } = vidimus(['validate', file, '--ca-file', caFile, ...time])
    expect(output).toContain('CN=evil\\1b[2J\\e2\\80\\ae\\0a')
    expect(output).toContain('a\\u{1b}[31m.pem: valid')
    for (const character of ['\u001b', '\u202e']) expect(output).not.toContain(character)
  })
})
