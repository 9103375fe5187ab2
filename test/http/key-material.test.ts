import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { holdsKey, pointerWithoutKeys, withoutKeys } from '#dist/http/key-material.js'
import { testApp } from '../support/service-app.ts'

const large = 8_000_000
const key = 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgabcDEF0123456789'

describe('texts of megabytes', () => {
  it('are told back without keys, and cut', () => {
    expect(withoutKeys('a'.repeat(large)).length).toBeLessThan(1_100)
    expect(withoutKeys(`x${key}${'.'.repeat(large)}`)).toMatch(/^…\./)
    expect(pointerWithoutKeys(`/${'a'.repeat(large)}`).length).toBeLessThan(1_100)
    expect(pointerWithoutKeys(`/${'~0'.repeat(large)}`).length).toBeLessThan(1_100)
  })

  it('tell nothing of a key where they are cut', () => {
    for (let at = 800; at < 1_100; at++) {
      expect(withoutKeys(`${'. '.repeat(at / 2)}${key}${' '.repeat(100)}`)).not.toContain(key.slice(0, 24))
      expect(pointerWithoutKeys(`${'/.'.repeat(at / 2)}${key}${'/'.repeat(100)}`)).not.toContain(key.slice(0, 24))
    }
  })

  it('tell nothing of it either where much was left out before', () => {
    const lines = Array.from({ length: 100 }, () => key).join(' ')
    for (let at = 0; at < 64; at++) expect(withoutKeys(`${' '.repeat(at)}${lines}`)).not.toMatch(/[A-Za-z0-9]{8}/)
  })

  it('are looked through to their end where they may hold a key', () => {
    expect(holdsKey('a'.repeat(large))).toBe(false)
    expect(holdsKey(`${'a. '.repeat(large / 3)}${key}`)).toBe(true)
  })
})

describe('lines of a key that lack a sign of one', () => {
  const lines = [
    'MHcCAQEEIFF/lgm1F7s76/tupDl2XiMgNcjHdtWkY5/yjN0RrDLEoAoGCCqGSM49',
    'MIIEpAIBAAKCAQEA/3xF9bQ0dkLw2Yh/aT7cR1nUe5GzX8vJpKs/4Mq6WfOiB2/H',
    'MHcCAQEEIFxqlgmkFrslktupDlpXiMgNcjHdtWkYaayjNnRrDLEoAoGCCqGSMfga'
  ]
  it.each(lines)('are seen for what they are: %s', (line) => {
    expect(line).toHaveLength(64)
    expect(/\d/.test(line) && line.split('/').some((part) => part.length >= 24)).toBe(false)
    expect(holdsKey(line)).toBe(true)
  })

  it('are lines of nearly all keys: one in 150,000 is as regular as a path', () => {
    const header = Buffer.from('30770201010420', 'hex')
    const lines = Array.from({ length: 20_000 }, (_, at) => {
      const octets = createHash('sha512').update(String(at)).digest()
      return Buffer.concat([header, octets]).toString('base64').slice(0, 64)
    })
    expect(lines.filter((line) => !holdsKey(line)).length).toBeLessThan(3)
  })

  it.each([
    'Repository/Policies2024/Certification/PracticeStatement/V1/EnglishText',
    'pki/example/crl/Issuing/IT/TLS/CA2/ExampleTLSIssuingCA01/Current/Complete'
  ])('are told from paths of words: %s', (path) => {
    expect(holdsKey(path)).toBe(false)
  })

  it.each(lines)('are not told back where no host name can be: %s', async (hostname) => {
    const { app } = await testApp()
    const { statusCode, body } = await app.inject({
      method: 'POST',
      url: '/validate',
      payload: { chain: 'x', hostname }
    })
    await app.close()
    expect(statusCode).toBe(422)
    expect(JSON.parse(body)).toMatchObject({ code: 'private-key-refused', errors: [{ pointer: '/hostname' }] })
    expect(body).not.toContain(hostname.slice(0, 24))
  })
})
