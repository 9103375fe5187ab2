import { describe, expect, it } from 'vitest'
import { strength } from '#dist/core/checks/strength.js'
import type { PublicKey } from '#dist/core/model/public-key.js'
import { nullValue } from '../../support/der-writer.ts'
import { findingsOf } from '../../support/findings.ts'
import { type KeyCertificate, keyContext, keyPath } from '../../support/key-paths.ts'
import { algorithm } from '../../support/signing.ts'

const spki = new Uint8Array()
const rsa = (bits: number): PublicKey => ({ type: 'rsa', spki, bits, exponentBits: 17, pss: undefined })
const sha256 = algorithm('1.2.840.113549.1.1.11', nullValue)
const sha1 = algorithm('1.2.840.113549.1.1.5', nullValue)
const sound: KeyCertificate = { publicKey: rsa(2048), signatureAlgorithm: sha256 }
const sha1Signed: KeyCertificate = { publicKey: rsa(2048), signatureAlgorithm: sha1 }

const weakSha1 = (certificate: number) => ({
  code: 'signature-algorithm-weak',
  details: { algorithm: 'sha1WithRSAEncryption', bits: 63, level: 2, required: 112 },
  certificate,
  severity: 'error'
})
const weakRsa = (certificate: number) => ({
  code: 'public-key-weak',
  details: { key: 'RSA', bits: 1024, strength: 80, level: 2, required: 112 },
  certificate,
  severity: 'error'
})

const run = (
  certificates: readonly KeyCertificate[],
  options: Parameters<typeof keyContext>[0] = {},
  anchored = true
) => findingsOf(strength, keyPath(certificates, anchored), keyContext(options))

describe('securityLevel', () => {
  it('finds nothing where all is strong enough', () => {
    expect(run([sound, sound, sound])).toEqual([])
  })

  it('finds weak keys wherever they are, the trust anchor’s among them', () => {
    const weak: KeyCertificate = { ...sound, publicKey: rsa(1024) }
    expect(run([weak, sound, weak])).toEqual([weakRsa(0), weakRsa(2)])
  })

  it('finds weak signatures, but not the trust anchor’s own', () => {
    expect(run([sha1Signed, sha1Signed, sha1Signed])).toEqual([weakSha1(0), weakSha1(1)])
  })

  it('lets a target that is itself the trust anchor have any signature', () => {
    expect(run([{ ...sha1Signed, selfIssued: true }])).toEqual([])
  })

  it('lets a self-issued certificate at the end of a path without anchor have any signature', () => {
    expect(run([sound, { ...sha1Signed, selfIssued: true }], {}, false)).toEqual([])
    expect(run([sound, sha1Signed], {}, false)).toEqual([weakSha1(1)])
    expect(run([{ ...sha1Signed, selfIssued: true }, sound], {}, false)).toEqual([weakSha1(0)])
  })

  it('asks nothing at level 0', () => {
    const dsa: PublicKey = { type: 'dsa', spki, bits: 0, parameters: undefined, value: spki }
    const md5 = algorithm('1.2.840.113549.1.1.4', nullValue)
    expect(
      run(
        [
          { publicKey: dsa, signatureAlgorithm: md5 },
          { ...sha1Signed, publicKey: rsa(512) }
        ],
        { securityLevel: 0 }
      )
    ).toEqual([])
  })

  it('finds keys beyond the limits, with which nothing is computed', () => {
    const huge: KeyCertificate = { ...sound, publicKey: rsa(16_384) }
    const beyond = (certificate: number) => ({
      code: 'limit-reached',
      details: { limit: 'rsaModulusBits', allowed: 8192 },
      certificate,
      severity: 'error'
    })
    expect(run([huge, sound, huge])).toEqual([beyond(0), beyond(2)])
  })

  it('is silent about what could not be read', () => {
    expect(run([{ publicKey: undefined, signatureAlgorithm: undefined }, sound])).toEqual([])
  })
})

describe('profile webpki (BR 6.1.5, 7.1.3)', () => {
  const refused = (certificate: number) => ({
    code: 'public-key-unsupported',
    details: { reason: 'its RSA modulus has 2052 bits, which is not a multiple of 8' },
    reference: 'BR 6.1.5',
    certificate,
    severity: 'error'
  })

  it('holds every key to the Baseline Requirements, the root’s among them', () => {
    const odd: KeyCertificate = { ...sound, publicKey: rsa(2052) }
    expect(run([odd, sound, odd], { profile: 'webpki' })).toEqual([refused(0), refused(2)])
    expect(run([odd, sound, odd])).toEqual([])
  })

  it('reports a key once where both the level and the profile refuse it', () => {
    expect(run([{ ...sound, publicKey: rsa(1024) }, sound], { profile: 'webpki' })).toEqual([weakRsa(0)])
  })

  it('refuses other hashes than SHA-256, SHA-384 and SHA-512 at level 0 as well', () => {
    expect(run([sha1Signed, sha1Signed], { profile: 'webpki', securityLevel: 0 })).toEqual([
      {
        code: 'signature-algorithm-unsupported',
        details: {
          algorithm: 'sha1WithRSAEncryption',
          reason: 'the Baseline Requirements allow RSA and ECDSA with SHA-256, SHA-384 or SHA-512 only'
        },
        reference: 'BR 7.1.3.2',
        certificate: 0,
        severity: 'error'
      }
    ])
  })
})
