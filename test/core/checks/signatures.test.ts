import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signatures } from '#dist/core/checks/signatures.js'
import { integer, spkiOf } from '../../support/der-writer.ts'
import { findingsOf } from '../../support/findings.ts'
import { type KeyCertificate, keyContext, keyPath } from '../../support/key-paths.ts'
import { algorithm, type KeyPair, keyFrom, readKey, signedBy, spkiFrom } from '../../support/signing.ts'

const ecdsaWithSha256 = algorithm('1.2.840.10045.4.3.2')
const dsaWithSha1 = algorithm('1.2.840.10040.4.3')
const ec = (): KeyPair => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const [root, ca, leaf, stranger] = [ec(), ec(), ec(), ec()]

const certificate = (own: KeyPair, issuer: KeyPair): KeyCertificate => ({
  ...signedBy(issuer, 'sha256', ecdsaWithSha256),
  publicKey: keyFrom(own)
})
const rootCertificate = certificate(root, root)
const caCertificate = certificate(ca, root)
const leafCertificate = certificate(leaf, ca)

const run = (path: readonly KeyCertificate[], options: Parameters<typeof keyContext>[0] = {}, anchored = true) =>
  findingsOf(signatures, keyPath(path, anchored), keyContext(options))
const invalidAt = (at: number, name = 'ecdsa-with-SHA256', reason?: string) => ({
  code: 'signature-invalid',
  details: reason === undefined ? { algorithm: name } : { algorithm: name, reason },
  certificate: at,
  severity: 'error'
})

/** The key with a point that is not on its curve. */
const offCurve = (pair: KeyPair) => {
  const spki = Uint8Array.from(spkiFrom(pair.publicKey))
  spki[spki.length - 1] = (spki.at(-1) ?? 0) ^ 1
  return readKey(spki)
}
const offCurveAt = (at: number) => ({
  code: 'public-key-malformed',
  details: { reason: 'its point does not lie on the curve P-256' },
  reference: 'RFC 5480 §2.2',
  certificate: at,
  severity: 'error'
})

describe('signatures along a path (RFC 5280 §6.1.3 (a)(1))', () => {
  it('finds nothing where every one verifies', () => {
    expect(run([leafCertificate, caCertificate, rootCertificate])).toEqual([])
  })

  it('finds each that does not, from the anchor down', () => {
    const path = [certificate(leaf, stranger), certificate(ca, stranger), rootCertificate]
    expect(run(path)).toEqual([invalidAt(1), invalidAt(0)])
  })

  it('does not verify an anchor’s own signature', () => {
    expect(run([certificate(leaf, root), certificate(root, stranger)])).toEqual([])
    expect(run([certificate(leaf, stranger)])).toEqual([])
  })

  it('does not verify the last signature where no anchor was found', () => {
    expect(run([leafCertificate, certificate(ca, stranger)], {}, false)).toEqual([])
  })

  it('never takes an unreadable signature or algorithm for verified', () => {
    expect(run([{ ...leafCertificate, signature: undefined }, caCertificate])).toEqual([
      invalidAt(0, 'ecdsa-with-SHA256', 'it is not a whole number of octets')
    ])
    expect(run([{ ...leafCertificate, signatureAlgorithm: undefined }, caCertificate])).toEqual([
      invalidAt(0, 'unknown', 'its algorithm cannot be read')
    ])
  })

  it('is silent about a key beyond the limits, which the check of strength reports', () => {
    const huge = { type: 'rsa', spki: new Uint8Array(), bits: 16_384, exponentBits: 17, pss: undefined } as const
    expect(run([leafCertificate, { ...caCertificate, publicKey: huge }])).toEqual([])
  })

  it('is silent about a key that could not be read, which the form check reports', () => {
    expect(run([leafCertificate, { ...caCertificate, publicKey: undefined }, rootCertificate])).toEqual([])
  })
})

describe('keys along a path', () => {
  it('reports a point that is not on its curve where the key is', () => {
    expect(run([leafCertificate, { ...caCertificate, publicKey: offCurve(ca) }, rootCertificate])).toEqual([
      offCurveAt(1)
    ])
  })

  it('looks at the end-entity’s key as well, though it verifies nothing', () => {
    expect(run([{ ...leafCertificate, publicKey: offCurve(leaf) }, caCertificate, rootCertificate])).toEqual([
      offCurveAt(0)
    ])
    expect(run([{ ...rootCertificate, publicKey: offCurve(root) }])).toEqual([offCurveAt(0)])
  })

  it('refuses an issuer whose key makes no signatures, and takes such a key in an end entity', () => {
    const x25519 = keyFrom(generateKeyPairSync('x25519'))
    expect(run([leafCertificate, { ...caCertificate, publicKey: x25519 }, rootCertificate])).toEqual([
      {
        code: 'public-key-unsupported',
        details: { reason: 'its algorithm (X25519) makes no signatures that are understood' },
        certificate: 1,
        severity: 'error'
      }
    ])
    expect(run([{ ...leafCertificate, publicKey: x25519 }, caCertificate, rootCertificate])).toEqual([])
  })
})

describe('DSA parameters along a path (RFC 5280 §6.1.4 (d) to (f))', () => {
  const pair = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
  const whole = keyFrom(pair)
  const bare = readKey(spkiOf('1.2.840.10040.4.1', undefined, whole.type === 'dsa' ? whole.value : integer(2)))
  const signed = signedBy(pair, 'sha1', dsaWithSha1)

  it('are inherited from the certificate above', () => {
    const path = [
      { ...signed, publicKey: bare },
      { ...signed, publicKey: bare },
      { ...signed, publicKey: bare },
      { ...signed, publicKey: whole }
    ]
    expect(run(path)).toEqual([])
  })

  it('are missing where no certificate above has them', () => {
    expect(
      run([
        { ...signed, publicKey: bare },
        { ...signed, publicKey: bare }
      ])
    ).toEqual([invalidAt(0, 'dsa-with-sha1', 'the issuer’s DSA key has no parameters, and inherits none')])
  })
})

describe('profile webpki (BR 7.1.3.2.2)', () => {
  it('warns of a hash that does not go with the issuer’s curve', () => {
    const other = { ...signedBy(ca, 'sha384', algorithm('1.2.840.10045.4.3.3')), publicKey: keyFrom(leaf) }
    expect(run([other, caCertificate, rootCertificate])).toEqual([])
    expect(run([other, caCertificate, rootCertificate], { profile: 'webpki' })).toEqual([
      {
        code: 'signature-hash-mismatch',
        details: { algorithm: 'ecdsa-with-SHA384', key: 'P-256', expected: 'sha256' },
        certificate: 0,
        severity: 'warning'
      }
    ])
    const unreadable = { ...leafCertificate, signatureAlgorithm: undefined }
    expect(run([unreadable, caCertificate, rootCertificate], { profile: 'webpki' })).toEqual([
      invalidAt(0, 'unknown', 'its algorithm cannot be read')
    ])
  })
})
