import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readPkcs7 } from '#dist/core/decode/input/pkcs7.js'
import { certificatesPem, pemBlock } from '#dist/core/write/pem.js'
import { certsOnlyMessage } from '#dist/core/write/pkcs7.js'
import { intermediate, root, server } from '../../support/authority.ts'
import { crlOf } from '../../support/crls.ts'
import { describeWith } from '../../support/engines.ts'

const ca = root()
const issuing = intermediate(ca)
const leaf = server(issuing)
const certificates = [leaf.der, issuing.der, ca.der]
const crl = crlOf({ issuer: ca })

const openssl = (parameters: readonly string[], input: Uint8Array | string): Buffer => {
  const { stdout, stderr, status } = spawnSync('openssl', parameters, { input, timeout: 20_000 })
  expect([stderr.toString(), status]).toEqual(['', 0])
  return stdout
}

it('writes what the reader takes, in the order in which it was given', () => {
  expect(readPkcs7(certsOnlyMessage({ certificates, crls: [crl] }), 10, 64)).toEqual({
    ok: true,
    value: [...certificates.map((der) => ({ type: 'certificate', der })), { type: 'crl', der: crl }].map((each) => ({
      ...each,
      der: Buffer.from(each.der)
    }))
  })
})

it('writes PEM whose contents are what it was given, in lines of 64 characters', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (der) => {
      const [begin, ...rest] = pemBlock('X', der).split('\n')
      const lines = rest.slice(0, -2)
      expect([begin, ...rest.slice(-2)]).toEqual(['-----BEGIN X-----', '-----END X-----', ''])
      expect(lines.slice(0, -1).every((line) => line.length === 64)).toBe(true)
      expect(lines.at(-1)?.length).toBeLessThanOrEqual(64)
      expect(Buffer.from(lines.join(''), 'base64')).toEqual(Buffer.from(der))
    })
  )
})

describeWith('openssl', 'what OpenSSL makes of the same', () => {
  it('is the same message, octet for octet', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vidimus-'))
    const file = join(folder, 'certificates.pem')
    writeFileSync(file, certificatesPem(certificates))
    const theirs = openssl(['crl2pkcs7', '-nocrl', '-certfile', file, '-outform', 'DER'], '')
    rmSync(folder, { recursive: true })
    expect(Buffer.from(certsOnlyMessage({ certificates })).toString('hex')).toBe(theirs.toString('hex'))
  })

  it('is the same certificates and CRLs, out of the message', () => {
    const text = openssl(
      ['pkcs7', '-inform', 'DER', '-print_certs'],
      certsOnlyMessage({ certificates, crls: [crl] })
    ).toString()
    const blocks = text.match(/-----BEGIN [\s\S]*?-----END [A-Z0-9 ]+-----\n/g) ?? []
    expect(blocks.join('')).toBe(certificatesPem(certificates) + pemBlock('X509 CRL', crl))
  })
})
