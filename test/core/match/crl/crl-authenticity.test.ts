import { describe, expect, it } from 'vitest'
import { authenticate, type CrlSigner } from '#dist/core/match/crl/crl-authenticity.js'
import { keyUsageBits } from '#dist/core/model/certificate.js'
import { type Fault, fault } from '#dist/core/model/finding.js'
import type { CheckContext } from '#dist/core/model/path.js'
import type { PublicKey } from '#dist/core/model/public-key.js'
import { nullValue } from '../../../support/der-writer.ts'
import { type PlainFields, plainCa, plainContext } from '../../../support/plain-certificate.ts'
import { type PlainCrl, plainCrl } from '../../../support/plain-crl.ts'
import { algorithm } from '../../../support/signing.ts'

const signer = (key: number, fields: PlainFields = {}, usageCounts = true): CrlSigner => ({
  certificate: plainCa(undefined, fields),
  key: { type: 'ed25519', spki: Uint8Array.of(key), bits: 256 },
  usageCounts
})
const keyIdentifier = (identifier: string | undefined): PlainCrl => ({
  authorityKeyIdentifier: { keyIdentifier: identifier, issuer: undefined, serialNumber: undefined }
})

/** What comes of a CRL that key 1 has signed; and the keys that were tried, in their order. */
const ask = (fields: PlainCrl, above: readonly CrlSigner[], context: CheckContext = plainContext()) => {
  const tried: number[] = []
  const verify = (_signed: unknown, { spki: [key = 0] }: PublicKey) => {
    tried.push(key)
    return key === 1 ? undefined : fault('signature-invalid', { algorithm: 'Ed25519' })
  }
  const candidate = { crl: plainCrl({ issuer: plainCa().subject, ...fields }), source: 'crls[0]' }
  const question = { certificate: plainCa(), inQuestion: [], above, anchor: undefined }
  const result = authenticate(candidate, question, { ...context, verify })
  return { result, tried }
}
const signedBy = (key: number) => ({ key: signer(key).key, until: Number.POSITIVE_INFINITY })
const rejectedFor = (problem: string, reference: string, kind = 'invalid') => ({
  type: 'crl',
  source: 'crls[0]',
  kind,
  problem,
  reference
})
const notVerified = rejectedFor('has a signature that does not verify under the issuer’s key', 'RFC 5280 §6.3.3 (g)')

describe('who signed a CRL (RFC 5280 §6.3.3 (f), (g))', () => {
  it('is any of the signers', () => {
    expect(ask({}, [signer(2), signer(1), signer(3)])).toEqual({ result: signedBy(1), tried: [2, 1] })
    expect(ask({}, [signer(2), signer(3)])).toEqual({ result: notVerified, tried: [2, 3] })
    expect(ask({}, [])).toEqual({
      result: rejectedFor(
        'is signed by CN=Subject, of whom there is no certificate with a key',
        'RFC 5280 §6.3.3 (f)',
        'other-key'
      ),
      tried: []
    })
  })

  it('is first asked of those that its key identifier names, and then of the others', () => {
    const signers = [signer(2), signer(3, { subjectKeyIdentifier: 'aa' }), signer(4, { subjectKeyIdentifier: 'bb' })]
    expect(ask(keyIdentifier('bb'), signers).tried).toEqual([4, 2, 3])
    expect(ask(keyIdentifier(undefined), signers).tried).toEqual([2, 3, 4])
    expect(ask(keyIdentifier('bb'), [...signers.slice(0, 1), signer(1)])).toEqual({
      result: signedBy(1),
      tried: [2, 1]
    })
    expect(ask(keyIdentifier('bb'), [signer(1, { subjectKeyIdentifier: 'aa' })]).result).toEqual(signedBy(1))
    expect(ask(keyIdentifier('bb'), signers.slice(1).toReversed()).tried).toEqual([4, 3])
    expect(ask(keyIdentifier('bb'), signers.slice(1)).tried).toEqual([4, 3])
  })

  it('may be another key of the issuer, where its key identifier names none of the signers', () => {
    const signers = [signer(2, { subjectKeyIdentifier: 'aa' }), signer(3, { subjectKeyIdentifier: 'bb' })]
    const otherKey = (text: string) =>
      rejectedFor(
        `is signed with another key (${text}) of its issuer than those whose certificates are here`,
        'RFC 5280 §6.3.3 (f)',
        'other-key'
      )
    expect(ask(keyIdentifier('cc'), signers).result).toEqual(otherKey('cc'))
    expect(ask(keyIdentifier('aa'), signers).result).toEqual(notVerified)
    expect(ask(keyIdentifier(undefined), signers).result).toEqual(notVerified)
    expect(ask(keyIdentifier('cc'), [...signers, signer(4)]).result).toEqual(notVerified)
    expect(ask(keyIdentifier('c'.repeat(64)), signers).result).toEqual(otherKey('c'.repeat(64)))
    expect(ask(keyIdentifier('c'.repeat(65)), signers).result).toEqual(otherKey(`${'c'.repeat(64)}…`))
  })

  it('has to be allowed to, by a key usage that counts (f)', () => {
    const { cRLSign, keyCertSign, digitalSignature } = keyUsageBits
    const refused = rejectedFor(
      'is signed with a key whose certificate does not allow it: its key usage lacks cRLSign',
      'RFC 5280 §6.3.3 (f)'
    )
    expect(ask({}, [signer(1, { keyUsage: keyCertSign | digitalSignature })]).result).toEqual(refused)
    expect(ask({}, [signer(1, { keyUsage: cRLSign })]).result).toEqual(signedBy(1))
    expect(ask({}, [signer(1, { keyUsage: keyCertSign }, false)]).result).toEqual(signedBy(1))
    expect(ask({}, [signer(1)]).result).toEqual(signedBy(1))
  })
})

describe('what a CRL has to be (RFC 5280 §5)', () => {
  const malformed = (reason: string, reference?: string): Fault<'crl-invalid'> =>
    fault('crl-invalid', { reason }, reference)

  it('is well formed: its first two faults are told, with the first one’s clause', () => {
    const [one, two, three] = [malformed('is odd', 'RFC 5280 §5.1.2.2'), malformed('is even'), malformed('is long')]
    const rejected = (...faults: readonly Fault<'crl-invalid'>[]) => ask({ faults }, [signer(1)])
    expect(rejected(one)).toEqual({ result: rejectedFor('is odd', 'RFC 5280 §5.1.2.2'), tried: [] })
    expect(rejected(one, two).result).toEqual(rejectedFor('is odd, and is even', 'RFC 5280 §5.1.2.2'))
    expect(rejected(two, one, three).result).toEqual(rejectedFor('is even, and is odd', 'RFC 5280 §5.1'))
  })

  it('is signed strongly enough for the security level', () => {
    const signatureAlgorithm = algorithm('1.2.840.113549.1.1.5', nullValue)
    expect(ask({ signatureAlgorithm }, [signer(1)])).toEqual({
      result: rejectedFor(
        'is signed with sha1WithRSAEncryption, of a strength of 63 bits, where security level 2 needs 112',
        'NIST SP 800-57 Part 1 §5.6.1'
      ),
      tried: []
    })
    expect(ask({ signatureAlgorithm }, [signer(1)], plainContext({ securityLevel: 0 })).result).toEqual(signedBy(1))
  })
})
