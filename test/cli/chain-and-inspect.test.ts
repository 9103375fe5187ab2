import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readPkcs7 } from '#dist/core/decode/input/pkcs7.js'
import { intermediate, root, server } from '../support/authority.ts'
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
const key = leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const caFile = save('ca.pem', ca.pem)

describe('vidimus chain', () => {
  it('writes the chain of several files in order, and tells on standard error what was changed', () => {
    const files = [save('issuing.pem', issuing.pem), save('leaf.pem', key + leaf.pem), caFile]
    const { status, output, errors } = vidimus(['chain', ...files, '--ca-file', caFile])
    expect([status, output]).toEqual([0, leaf.pem + issuing.pem])
    expect(errors.split('\n')).toEqual([
      'CN=www.example.test was moved from 1 to 0.',
      'CN=Test Intermediate was moved from 0 to 1.',
      'CN=Test Root (chain[2]) was left out: it is the root, which those who trust it have.',
      'The private key in line 1 belongs to the end entity; it was not written.',
      ''
    ])
  })

  it('writes PKCS#7 and JSON, to a file where one is named', () => {
    const out = join(folder, 'out.p7b')
    const chain = leaf.pem + issuing.pem
    expect(
      vidimus(['chain', '--ca-file', caFile, '--form', 'pkcs7', '--out', out, '--include-root'], chain)
    ).toMatchObject({
      status: 0,
      output: ''
    })
    const read = readPkcs7(readFileSync(out), 10, 64)
    expect(read.ok && read.value.map(({ der }) => Buffer.from(der))).toEqual(
      [leaf, issuing, ca].map(({ der }) => Buffer.from(der))
    )
    const json = vidimus(['chain', '--ca-file', caFile, '--form', 'json'], chain)
    expect([JSON.parse(json.output), json.errors]).toMatchObject([{ complete: true, changes: [], chain }, ''])
  })

  it('ends with 1 where the chain is not valid, and says what is missing', () => {
    const { status, output, errors } = vidimus(['chain', '--ca-file', caFile], leaf.pem)
    expect([status, output]).toEqual([1, leaf.pem])
    expect(errors).toMatch(/It does not lead to a trust anchor: something is missing\.\nissuer-not-found: /)
  })
})

describe('vidimus inspect', () => {
  it('says what is in a file, a block for each object', () => {
    const { status, output } = vidimus(['inspect'], `${key}${leaf.pem}`)
    expect(status).toBe(0)
    expect(output).toContain('standard input:1: private-key\n')
    expect(output).toContain(`standard input:${key.split('\n').length}: certificate\n`)
    expect(output).toContain('\n  subject: CN=www.example.test\n')
    expect(output).toContain('\n  usableFor: serverAuth\n')
    expect(output).not.toContain(key.split('\n')[1])
  })

  it('prints the items of the service as JSON, and ends with 2 where something cannot be read', () => {
    const { status, output } = vidimus(['inspect', '--json'], leaf.pem + leaf.pem.replace('M', '!'))
    expect(status).toBe(2)
    expect(
      output
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
    ).toMatchObject([
      { file: '-', type: 'certificate', python: { version: 3 } },
      { file: '-', type: 'unreadable', code: 'pem-malformed' }
    ])
  })

  it('turns PEM to DER, PKCS#7 and back', () => {
    const der = join(folder, 'leaf.der')
    expect(vidimus(['inspect', '--form', 'der', '--out', der], leaf.pem).status).toBe(0)
    expect(readFileSync(der)).toEqual(Buffer.from(leaf.der))
    const message = join(folder, 'both.p7b')
    vidimus(['inspect', '--form', 'pkcs7', '--out', message, der, save('i.pem', issuing.pem)])
    expect(vidimus(['inspect', '--form', 'pem', message]).output).toBe(leaf.pem + issuing.pem)
    const two = vidimus(['inspect', '--form', 'der', message])
    expect([two.status, two.errors]).toEqual([66, expect.stringContaining('DER is one certificate, and there are 2.')])
  })
})
