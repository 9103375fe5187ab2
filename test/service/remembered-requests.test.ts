import { describe, expect, it } from 'vitest'
import { rememberedRequests } from '#dist/service/remembered-requests.js'
import { pemOf, root, server } from '../support/authority.ts'
import { crlOf } from '../support/crls.ts'

const ca = root()
const leaf = server(ca)
const key = leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64')
const bounds = { maxRequests: 2, maxBytes: 100_000, maxCertificates: 10 }

describe('remembered requests', () => {
  it('hold certificates and CRLs, and nothing else that stood beside them', () => {
    const memory = rememberedRequests(bounds)
    const crl = crlOf({ issuer: ca })
    memory.remember({
      chain: `a secret note\n${key}${leaf.pem}# ${key.replaceAll('\n', '')}\n`,
      intermediates: Buffer.from(ca.der),
      caBundle: [ca.pem, base64(ca.der)],
      crls: pemOf(crl, 'X509 CRL'),
      hostname: 'www.example.test'
    })
    expect([...memory.all.values()]).toEqual([
      {
        chain: [base64(leaf.der)],
        intermediates: [base64(ca.der)],
        caBundle: [base64(ca.der), base64(ca.der)],
        crls: [base64(crl)],
        hostname: 'www.example.test'
      }
    ])
    const [, body = ''] = key.split('\n')
    expect(JSON.stringify([...memory.all])).not.toContain(body)
  })

  it('are each there once, and the oldest are forgotten', () => {
    const memory = rememberedRequests(bounds)
    const hosts = () => [...memory.all.values()].map(({ hostname }) => hostname)
    for (const hostname of ['a', 'b', 'a']) memory.remember({ chain: leaf.pem, hostname })
    expect(hosts()).toEqual(['b', 'a'])
    memory.remember({ chain: leaf.pem, hostname: 'c' })
    expect(hosts()).toEqual(['a', 'c'])
  })

  it('are bounded in bytes too', () => {
    const memory = rememberedRequests({ maxRequests: 100, maxBytes: 3_000, maxCertificates: 100 })
    for (let at = 0; at < 20; at += 1) memory.remember({ chain: leaf.pem, hostname: `host-${at}` })
    const bytes = [...memory.all.values()].map((request) => JSON.stringify(request).length)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(3_000)
    expect(memory.all.size).toBeGreaterThan(1)
    memory.remember({ chain: leaf.pem.repeat(20), hostname: 'large' })
    expect([...memory.all.values()].some(({ hostname }) => hostname === 'large')).toBe(false)
  })

  it('are none by default, nor of a bundle whose certificates say what they are trusted for', () => {
    const none = rememberedRequests({ ...bounds, maxRequests: 0 })
    none.remember({ chain: leaf.pem })
    expect(none.all.size).toBe(0)
    const memory = rememberedRequests(bounds)
    const trusted = Buffer.concat([ca.der, Buffer.from('300c300a06082b06010505070301', 'hex')])
    memory.remember({ chain: leaf.pem, caBundle: pemOf(trusted, 'TRUSTED CERTIFICATE') })
    expect(memory.all.size).toBe(0)
  })
})
