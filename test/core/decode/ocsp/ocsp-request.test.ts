import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { encodeOcspRequest, type OcspRequestOptions } from '#dist/core/decode/ocsp/ocsp-request.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import { type Issued, root, server } from '../../../support/authority.ts'
import { explicit, hexBytes, oid, sequence, tlv } from '../../../support/der-writer.ts'
import { describeWith } from '../../../support/engines.ts'
import { certId } from '../../../support/ocsp.ts'

const read = ({ der }: Pick<Issued, 'der'>): Certificate => {
  const decoded = readCertificate(der)
  if (!decoded.ok) throw new Error(decoded.reason)
  return decoded.value
}

const ca = root('Test CA')
const serialNumber = 0xfedcba98765432100123456789abcdefn
const leaf = server(ca, 'www.example.test', { serialNumber })

const request = async (options?: OcspRequestOptions): Promise<string> => {
  const encoded = await encodeOcspRequest(read(leaf), read(ca), options)
  if (!encoded.ok) throw new Error(encoded.reason)
  return Buffer.from(encoded.value).toString('hex')
}

/** An OCSPRequest of that one CertID, and what else its TBSRequest holds. */
const expected = (id: Uint8Array, ...more: readonly Uint8Array[]): string =>
  Buffer.from(sequence(sequence(sequence(sequence(id)), ...more))).toString('hex')

describe('an OCSPRequest (RFC 6960 §4.1.1)', () => {
  it('asks for one certificate by SHA-1, in DER', async () => {
    expect(await request()).toBe(expected(certId(ca, serialNumber)))
  })

  it('asks by SHA-256 where that is wanted', async () => {
    expect(await request({ hash: 'sha256' })).toBe(expected(certId(ca, serialNumber, 'sha256')))
  })

  const withNonce = (nonce: Uint8Array): string => {
    const extension = sequence(oid('1.3.6.1.5.5.7.48.1.2'), tlv(4, tlv(4, nonce)))
    return expected(certId(ca, serialNumber), explicit(2, sequence(extension)))
  }

  it.each([1, 32, 128])('carries a nonce of %i octets (RFC 9654 §2.1)', async (length) => {
    const nonce = new Uint8Array(length).fill(0xa5)
    expect(await request({ nonce })).toBe(withNonce(nonce))
  })

  it.each([0, 129])('is not made with a nonce of %i octets', async (length) => {
    expect(await encodeOcspRequest(read(leaf), read(ca), { nonce: new Uint8Array(length) })).toEqual({
      ok: false,
      reason: 'a nonce has 1 to 128 octets'
    })
  })

  it('is not made for an issuer whose key cannot be split', async () => {
    const odd = root('Odd CA', { alter: (fields) => fields.with(6, sequence(sequence(), hexBytes('0500'))) })
    expect(await encodeOcspRequest(read(leaf), read(odd))).toEqual({
      ok: false,
      reason: 'the issuer’s key cannot be read'
    })
  })
})

describeWith('openssl', 'an OCSPRequest as OpenSSL reads it', () => {
  it('asks for the certificate, with the nonce', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vidimus-ocsp-request-'))
    try {
      const file = join(folder, 'request.der')
      writeFileSync(file, Buffer.from(await request({ nonce: new Uint8Array(32).fill(0xa5) }), 'hex'))
      const text = execFileSync('openssl', ['ocsp', '-reqin', file, '-req_text', '-noverify'], { encoding: 'utf8' })
      expect(text).toContain('Serial Number: FEDCBA98765432100123456789ABCDEF')
      expect(text).toContain('Hash Algorithm: sha1')
      expect(text.replaceAll(/[\s:]/g, '')).toContain('OCSPNonce0420A5A5A5')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
