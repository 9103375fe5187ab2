import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVerifier, verifySignature } from '#dist/core/match/key/signature.js'
import { AllowanceSpent, Budget, defaultLimits, LimitReached } from '#dist/core/model/limits.js'
import type { ValidationMemory } from '#dist/core/model/memory.js'
import type { Signed } from '#dist/core/model/path.js'
import { hexBytes, integer, nullValue, sequence, spkiOf, tlv } from '../../../support/der-writer.ts'
import { algorithm, keyFrom, pss, pssSigned, readKey, signedBy, spkiFrom, tbs } from '../../../support/signing.ts'

const rsaPair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const rsaKey = keyFrom(rsaPair)
const ecPair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ecKey = keyFrom(ecPair)
const dsaPair = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
const dsaKey = keyFrom(dsaPair)
const edPair = generateKeyPairSync('ed25519')

const sha256WithRsa = algorithm('1.2.840.113549.1.1.11', nullValue)
const ecdsaWithSha256 = algorithm('1.2.840.10045.4.3.2')
const dsaWithSha1 = algorithm('1.2.840.10040.4.3')

const invalid = (name: string, reason?: string) => ({
  code: 'signature-invalid',
  details: reason === undefined ? { algorithm: name } : { algorithm: name, reason }
})
const unsupported = (name: string, reason: string, reference?: string) => ({
  code: 'signature-algorithm-unsupported',
  details: { algorithm: name, reason },
  ...(reference === undefined ? {} : { reference })
})

/** With one octet of the signed part changed. */
const altered = (signed: Signed): Signed => ({ ...signed, tbs: Uint8Array.from([...signed.tbs.subarray(1), 0]) })

describe('RSASSA-PKCS1-v1_5 (RFC 3279 §2.2.1, RFC 4055 §5)', () => {
  const family = [
    ['md5', '1.2.840.113549.1.1.4'],
    ['sha1', '1.2.840.113549.1.1.5'],
    ['sha224', '1.2.840.113549.1.1.14'],
    ['sha256', '1.2.840.113549.1.1.11'],
    ['sha384', '1.2.840.113549.1.1.12'],
    ['sha512', '1.2.840.113549.1.1.13']
  ] as const

  it.each(family)('verifies a signature with %s, and none over other octets', (hash, dotted) => {
    const signed = signedBy(rsaPair, hash, algorithm(dotted, nullValue))
    expect(verifySignature(signed, rsaKey)).toBeUndefined()
    expect(verifySignature(altered(signed), rsaKey)).toEqual(invalid(`${hash}WithRSAEncryption`))
  })

  it.each([
    ['sha3-224', '2.16.840.1.101.3.4.3.13'],
    ['sha3-256', '2.16.840.1.101.3.4.3.14'],
    ['sha3-384', '2.16.840.1.101.3.4.3.15'],
    ['sha3-512', '2.16.840.1.101.3.4.3.16']
  ])('verifies a signature with %s (RFC 9688 §3)', (hash, dotted) => {
    const signed = signedBy(rsaPair, hash, algorithm(dotted, nullValue))
    expect(verifySignature(signed, rsaKey)).toBeUndefined()
    expect(verifySignature(altered(signed), rsaKey)).toEqual(invalid(`rsassa-pkcs1-v1-5-with-${hash}`))
  })

  it.each(family.slice(2))('accepts absent parameters with %s', (hash, dotted) => {
    expect(verifySignature(signedBy(rsaPair, hash, algorithm(dotted)), rsaKey)).toBeUndefined()
  })

  it.each(family.slice(0, 2))('refuses absent parameters with %s', (hash, dotted) => {
    expect(verifySignature(signedBy(rsaPair, hash, algorithm(dotted)), rsaKey)).toEqual(
      unsupported(`${hash}WithRSAEncryption`, 'its parameters must be NULL')
    )
  })

  it.each([
    ['a NULL that holds an octet', hexBytes('05 01 00')],
    ['an empty sequence', sequence()]
  ])('refuses %s for parameters', (_case, parameters) => {
    const signed = signedBy(rsaPair, 'sha256', algorithm(sha256WithRsa.oid, parameters))
    expect(verifySignature(signed, rsaKey)).toEqual(
      unsupported('sha256WithRSAEncryption', 'its parameters must be NULL')
    )
  })

  it.each([
    ['md2WithRSAEncryption', '1.2.840.113549.1.1.2'],
    ['md4WithRSAEncryption', '1.2.840.113549.1.1.3']
  ])('refuses %s at every level', (name, dotted) => {
    expect(verifySignature(signedBy(rsaPair, 'sha256', algorithm(dotted, nullValue)), rsaKey)).toEqual(
      unsupported(name, 'its hash is broken, and refused at every security level')
    )
  })

  it.each([
    [255, (signature: Uint8Array) => signature.subarray(1)],
    [257, (signature: Uint8Array) => Uint8Array.of(0, ...signature)]
  ])('refuses a signature of %i octets under a modulus of 256 (RFC 8017 §8.2.2)', (octets, change) => {
    const signed = signedBy(rsaPair, 'sha256', sha256WithRsa)
    const signature = change(signed.signature ?? new Uint8Array())
    expect(verifySignature({ ...signed, signature }, rsaKey)).toEqual(
      invalid('sha256WithRSAEncryption', `it has ${octets} octets in place of 256`)
    )
  })

  it('needs as many octets as a modulus of odd length fills', () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 1027 })
    expect(verifySignature(signedBy(pair, 'sha256', sha256WithRsa), keyFrom(pair))).toBeUndefined()
  })

  it('refuses a signature with another hash than it names', () => {
    expect(verifySignature(signedBy(rsaPair, 'sha384', sha256WithRsa), rsaKey)).toEqual(
      invalid('sha256WithRSAEncryption')
    )
  })

  it('refuses a signature by an id-RSASSA-PSS key (RFC 4055 §1.2)', () => {
    const key = readKey(spkiOf('1.2.840.113549.1.1.10', undefined, sequence(integer((1n << 2047n) | 1n), integer(3))))
    expect(verifySignature(signedBy(rsaPair, 'sha256', sha256WithRsa), key)).toEqual(
      invalid('sha256WithRSAEncryption', 'the issuer’s key is of another kind (RSA-PSS)')
    )
  })
})

describe('RSASSA-PSS (RFC 4055 §3.1 and §3.3)', () => {
  it.each(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const)('verifies a signature with %s', (hash) => {
    const signed = pssSigned(rsaPair, hash, 20)
    expect(verifySignature(signed, rsaKey)).toBeUndefined()
    expect(verifySignature(altered(signed), rsaKey)).toEqual(invalid('RSASSA-PSS'))
  })

  it('takes empty parameters for SHA-1 with a salt of 20 octets', () => {
    const identifier = algorithm('1.2.840.113549.1.1.10', sequence())
    expect(verifySignature(pssSigned(rsaPair, 'sha1', 20, identifier), rsaKey)).toBeUndefined()
    expect(verifySignature(pssSigned(rsaPair, 'sha1', 21, identifier), rsaKey)).toEqual(invalid('RSASSA-PSS'))
  })

  it('holds the signature to the salt length that it names', () => {
    expect(verifySignature(pssSigned(rsaPair, 'sha256', 32, pss('sha256', 31)), rsaKey)).toEqual(invalid('RSASSA-PSS'))
    expect(verifySignature(pssSigned(rsaPair, 'sha256', 32, pss('sha256', 0x7fffffff)), rsaKey)).toEqual(
      invalid('RSASSA-PSS')
    )
    expect(verifySignature(pssSigned(rsaPair, 'sha256', 0), rsaKey)).toBeUndefined()
  })

  it('refuses absent parameters', () => {
    const identifier = algorithm('1.2.840.113549.1.1.10')
    expect(verifySignature(pssSigned(rsaPair, 'sha1', 20, identifier), rsaKey)).toEqual(
      unsupported('RSASSA-PSS', 'its parameters are absent')
    )
  })

  it('refuses a mask with another hash', () => {
    expect(verifySignature(pssSigned(rsaPair, 'sha256', 32, pss('sha256', 32, 'sha1')), rsaKey)).toEqual(
      unsupported('RSASSA-PSS', 'it hashes with sha256 but masks with sha1', 'RFC 4055 §3.1')
    )
  })

  it('refuses malformed parameters', () => {
    const identifier = algorithm('1.2.840.113549.1.1.10', sequence(nullValue))
    expect(verifySignature(pssSigned(rsaPair, 'sha1', 20, identifier), rsaKey)).toEqual(
      unsupported('RSASSA-PSS', 'RSASSA-PSS-params has octets after its last field')
    )
  })

  it.each([
    ['sha384', 'sha256'],
    ['sha256', 'sha384']
  ])('refuses a signature by a key that is restricted to %s with MGF1 on %s', (hash, mgfHash) => {
    const restricted = { ...rsaKey, type: 'rsa-pss', pss: { hash, mgfHash, saltLength: 20 } } as typeof rsaKey
    expect(verifySignature(pssSigned(rsaPair, 'sha256', 32), restricted)).toEqual(
      invalid('RSASSA-PSS', `the issuer’s key is restricted to ${hash} with MGF1 on ${mgfHash}`)
    )
  })

  it('holds signatures to the restrictions of an id-RSASSA-PSS key', () => {
    const pair = generateKeyPairSync('rsa-pss', {
      modulusLength: 2048,
      hashAlgorithm: 'sha256',
      mgf1HashAlgorithm: 'sha256'
    })
    const publicKey = readKey(Uint8Array.from(Buffer.from(pair.publicKey.export({ type: 'spki', format: 'der' }))))
    expect(verifySignature(pssSigned(pair, 'sha256', 32), publicKey)).toBeUndefined()
    expect(verifySignature(pssSigned(pair, 'sha256', 40), publicKey)).toBeUndefined()
    expect(verifySignature(pssSigned(pair, 'sha256', 32, pss('sha256', 31)), publicKey)).toEqual(
      invalid('RSASSA-PSS', 'the issuer’s key is restricted to salts of 32 octets or more')
    )
    expect(verifySignature(pssSigned(pair, 'sha256', 32, pss('sha512', 32)), publicKey)).toEqual(
      invalid('RSASSA-PSS', 'the issuer’s key is restricted to sha256 with MGF1 on sha256')
    )
  })
})

describe('ECDSA (RFC 5758 §3.2, RFC 3279 §2.2.3)', () => {
  it.each([
    ['sha1', '1.2.840.10045.4.1', 'ecdsa-with-SHA1'],
    ['sha224', '1.2.840.10045.4.3.1', 'ecdsa-with-SHA224'],
    ['sha256', '1.2.840.10045.4.3.2', 'ecdsa-with-SHA256'],
    ['sha384', '1.2.840.10045.4.3.3', 'ecdsa-with-SHA384'],
    ['sha512', '1.2.840.10045.4.3.4', 'ecdsa-with-SHA512'],
    ['sha3-224', '2.16.840.1.101.3.4.3.9', 'ecdsa-with-sha3-224'],
    ['sha3-256', '2.16.840.1.101.3.4.3.10', 'ecdsa-with-sha3-256'],
    ['sha3-384', '2.16.840.1.101.3.4.3.11', 'ecdsa-with-sha3-384'],
    ['sha3-512', '2.16.840.1.101.3.4.3.12', 'ecdsa-with-sha3-512']
  ])('verifies a signature with %s', (hash, dotted, name) => {
    const signed = signedBy(ecPair, hash, algorithm(dotted))
    expect(verifySignature(signed, ecKey)).toBeUndefined()
    expect(verifySignature(altered(signed), ecKey)).toEqual(invalid(name))
  })

  it.each([
    'prime192v1',
    'secp224r1',
    'secp384r1',
    'secp521r1',
    'secp256k1',
    'brainpoolP160r1',
    'brainpoolP256r1',
    'brainpoolP384r1',
    'brainpoolP512r1'
  ])('verifies a signature on %s', (namedCurve) => {
    const pair = generateKeyPairSync('ec', { namedCurve })
    const signed = signedBy(pair, 'sha256', ecdsaWithSha256)
    expect(verifySignature(signed, keyFrom(pair))).toBeUndefined()
    expect(verifySignature(signed, ecKey)).toMatchObject({ code: 'signature-invalid' })
  })

  it('refuses parameters, NULL among them', () => {
    expect(verifySignature(signedBy(ecPair, 'sha256', algorithm(ecdsaWithSha256.oid, nullValue)), ecKey)).toEqual(
      unsupported('ecdsa-with-SHA256', 'its parameters must be absent')
    )
  })

  const one = integer(1)
  it.each([
    ['r = 0', sequence(integer(0), one)],
    ['s = 0', sequence(one, integer(0))],
    ['a negative s', sequence(one, tlv(2, hexBytes('ff')))],
    ['a superfluous octet in r', sequence(tlv(2, hexBytes('00 01')), one)],
    ['octets after it', Uint8Array.of(...sequence(one, one), 0)],
    ['a third number', sequence(one, one, one)],
    ['one number', sequence(one)],
    ['a length that is not minimal', hexBytes('30 81 06 02 01 01 02 01 01')],
    ['no octets', new Uint8Array()]
  ])('refuses a signature with %s', (_case, signature) => {
    expect(verifySignature({ tbs, signatureAlgorithm: ecdsaWithSha256, signature }, ecKey)).toEqual(
      invalid('ecdsa-with-SHA256', 'it is not the strict DER of two positive numbers')
    )
  })

  it('refuses numbers beyond the order of the group', () => {
    const signature = sequence(integer(1n << 256n), integer(1n << 4000n))
    expect(verifySignature({ tbs, signatureAlgorithm: ecdsaWithSha256, signature }, ecKey)).toEqual(
      invalid('ecdsa-with-SHA256')
    )
  })

  it('finds a key whose point is not on its curve malformed', () => {
    const spki = Uint8Array.from(spkiFrom(ecPair.publicKey))
    spki[spki.length - 1] = (spki.at(-1) ?? 0) ^ 1
    expect(verifySignature(signedBy(ecPair, 'sha256', ecdsaWithSha256), readKey(spki))).toEqual({
      code: 'public-key-malformed',
      details: { reason: 'its point does not lie on the curve P-256' },
      reference: 'RFC 5480 §2.2'
    })
  })
})

describe('signatures without a hash of their own choice (RFC 8410, RFC 9881, RFC 9909)', () => {
  const nist = '2.16.840.1.101.3.4.3'
  const pairs = [
    ['Ed25519', '1.3.101.112', edPair],
    ['Ed448', '1.3.101.113', generateKeyPairSync('ed448')],
    ['ML-DSA-44', `${nist}.17`, generateKeyPairSync('ml-dsa-44')],
    ['ML-DSA-65', `${nist}.18`, generateKeyPairSync('ml-dsa-65')],
    ['ML-DSA-87', `${nist}.19`, generateKeyPairSync('ml-dsa-87')],
    ['SLH-DSA-SHA2-128S', `${nist}.20`, generateKeyPairSync('slh-dsa-sha2-128s')],
    ['SLH-DSA-SHA2-128F', `${nist}.21`, generateKeyPairSync('slh-dsa-sha2-128f')],
    ['SLH-DSA-SHA2-192S', `${nist}.22`, generateKeyPairSync('slh-dsa-sha2-192s')],
    ['SLH-DSA-SHA2-192F', `${nist}.23`, generateKeyPairSync('slh-dsa-sha2-192f')],
    ['SLH-DSA-SHA2-256S', `${nist}.24`, generateKeyPairSync('slh-dsa-sha2-256s')],
    ['SLH-DSA-SHA2-256F', `${nist}.25`, generateKeyPairSync('slh-dsa-sha2-256f')],
    ['SLH-DSA-SHAKE-128F', `${nist}.27`, generateKeyPairSync('slh-dsa-shake-128f')],
    ['SLH-DSA-SHAKE-192F', `${nist}.29`, generateKeyPairSync('slh-dsa-shake-192f')],
    ['SLH-DSA-SHAKE-256F', `${nist}.31`, generateKeyPairSync('slh-dsa-shake-256f')]
  ] as const

  it.each(pairs)('verifies %s, and refuses other octets, parameters and lengths', (name, dotted, pair) => {
    const key = keyFrom(pair)
    const signed = signedBy(pair, null, algorithm(dotted))
    const octets = signed.signature?.length ?? 0
    expect(verifySignature(signed, key)).toBeUndefined()
    expect(verifySignature(altered(signed), key)).toEqual(invalid(name))
    expect(verifySignature({ ...signed, signatureAlgorithm: algorithm(dotted, nullValue) }, key)).toEqual(
      unsupported(name, 'its parameters must be absent')
    )
    expect(verifySignature({ ...signed, signature: Uint8Array.of(...(signed.signature ?? []), 0) }, key)).toEqual(
      invalid(name, `it has ${octets + 1} octets in place of ${octets}`)
    )
  })

  it('tells the parameter sets of SLH-DSA apart', () => {
    const pair = generateKeyPairSync('slh-dsa-sha2-128f')
    const signed = signedBy(pair, null, algorithm(`${nist}.27`))
    expect(verifySignature(signed, keyFrom(pair))).toEqual(
      invalid('SLH-DSA-SHAKE-128F', 'the issuer’s key is of another kind (SLH-DSA-SHA2-128F)')
    )
  })

  it('refuses the pre-hash forms, which certificates must not use (RFC 9881 §8.3, RFC 9909 §3)', () => {
    const signed = signedBy(edPair, null, algorithm(`${nist}.32`))
    expect(verifySignature(signed, keyFrom(edPair))).toEqual(unsupported(`${nist}.32`, 'it is not known'))
  })
})

describe('DSA (RFC 3279 §2.2.2, RFC 5758 §3.1)', () => {
  it.each([
    ['sha1', '1.2.840.10040.4.3'],
    ['sha224', '2.16.840.1.101.3.4.3.1'],
    ['sha256', '2.16.840.1.101.3.4.3.2']
  ])('verifies a signature with %s', (hash, dotted) => {
    const signed = signedBy(dsaPair, hash, algorithm(dotted))
    expect(verifySignature(signed, dsaKey)).toBeUndefined()
    expect(verifySignature(altered(signed), dsaKey)).toEqual(invalid(`dsa-with-${hash}`))
  })

  it('cannot verify under a key whose parameters nobody gave', () => {
    const key = readKey(spkiOf('1.2.840.10040.4.1', undefined, integer(12_345)))
    expect(verifySignature(signedBy(dsaPair, 'sha1', dsaWithSha1), key)).toEqual(
      invalid('dsa-with-sha1', 'the issuer’s DSA key has no parameters, and inherits none')
    )
  })
})

describe('what cannot be verified at all', () => {
  const signed = signedBy(ecPair, 'sha256', ecdsaWithSha256)

  it('refuses an algorithm that it does not know', () => {
    expect(verifySignature({ ...signed, signatureAlgorithm: algorithm('1.2.3.4') }, ecKey)).toEqual(
      unsupported('1.2.3.4', 'it is not known')
    )
  })

  it('never takes what could not be read for verified', () => {
    expect(verifySignature({ ...signed, signatureAlgorithm: undefined }, ecKey)).toEqual(
      invalid('unknown', 'its algorithm cannot be read')
    )
    expect(verifySignature({ ...signed, signature: undefined }, ecKey)).toEqual(
      invalid('ecdsa-with-SHA256', 'it is not a whole number of octets')
    )
  })

  it.each([
    ['RSA', sha256WithRsa, ecKey, 'sha256WithRSAEncryption', 'P-256'],
    ['RSASSA-PSS', pss('sha256', 32), ecKey, 'RSASSA-PSS', 'P-256'],
    ['ECDSA', ecdsaWithSha256, rsaKey, 'ecdsa-with-SHA256', 'RSA'],
    ['DSA', dsaWithSha1, ecKey, 'dsa-with-sha1', 'P-256'],
    ['Ed25519', algorithm('1.3.101.112'), dsaKey, 'Ed25519', 'DSA'],
    ['Ed25519', algorithm('1.3.101.112'), keyFrom(generateKeyPairSync('x25519')), 'Ed25519', 'X25519']
  ])('refuses %s under a key of another kind', (_scheme, signatureAlgorithm, key, name, kind) => {
    expect(verifySignature({ ...signed, signatureAlgorithm }, key)).toEqual(
      invalid(name, `the issuer’s key is of another kind (${kind})`)
    )
  })

  it('answers for any signature octets without throwing, and verifies none of them', () => {
    const keys = [rsaKey, ecKey, dsaKey, keyFrom(edPair)]
    const algorithms = [sha256WithRsa, pss('sha256', 32), ecdsaWithSha256, dsaWithSha1, algorithm('1.3.101.112')]
    const lengths = fc.constantFrom(0, 1, 8, 64, 256)
    const octets = lengths.chain((length) => fc.uint8Array({ minLength: length, maxLength: length }))
    fc.assert(
      fc.property(
        octets,
        fc.constantFrom(...keys),
        fc.constantFrom(...algorithms),
        (signature, key, signatureAlgorithm) => {
          expect(verifySignature({ tbs, signature, signatureAlgorithm }, key)?.code).toBe('signature-invalid')
        }
      )
    )
  })
})

describe('createVerifier', () => {
  const limited = (signatureChecks: number): Budget => new Budget({ ...defaultLimits, signatureChecks })

  it('verifies each pair once, and spends nothing on what it remembers', () => {
    const verify = createVerifier(limited(2))
    const sound = signedBy(ecPair, 'sha256', ecdsaWithSha256)
    const unsound = altered(sound)
    for (let round = 0; round < 3; round++) {
      expect(verify(sound, ecKey)).toBeUndefined()
      expect(verify(unsound, ecKey)).toEqual(invalid('ecdsa-with-SHA256'))
    }
    expect(() => verify({ ...sound }, ecKey)).toThrow('The limit signatureChecks of 2 was reached')
  })

  it('spends before the work, so that the limit itself is not exceeded', () => {
    const sound = signedBy(ecPair, 'sha256', ecdsaWithSha256)
    expect(() => createVerifier(limited(0))(sound, ecKey)).toThrow('The limit signatureChecks of 0 was reached')
  })

  it('spends nothing on what needs no arithmetic', () => {
    const verify = createVerifier(limited(0))
    expect(verify(signedBy(ecPair, 'sha256', sha256WithRsa), ecKey)).toMatchObject({ code: 'signature-invalid' })
  })

  it('counts a signature of SLH-DSA as thirty-two', () => {
    const pair = generateKeyPairSync('slh-dsa-sha2-128f')
    const signed = signedBy(pair, null, algorithm('2.16.840.1.101.3.4.3.21'))
    expect(createVerifier(limited(32))(signed, keyFrom(pair))).toBeUndefined()
    expect(() => createVerifier(limited(31))(signed, keyFrom(pair))).toThrow(
      'The limit signatureChecks of 31 was reached'
    )
  })

  it('counts one more for every 4 MiB that are to be hashed', () => {
    const large = { ...signedBy(ecPair, 'sha256', ecdsaWithSha256), tbs: new Uint8Array(8 * 1_048_576) }
    expect(createVerifier(limited(3))(large, ecKey)).toMatchObject({ code: 'signature-invalid' })
    expect(() => createVerifier(limited(2))(large, ecKey)).toThrow('The limit signatureChecks of 2 was reached')
    const smaller = { ...large, tbs: large.tbs.subarray(1) }
    expect(createVerifier(limited(2))(smaller, ecKey)).toMatchObject({ code: 'signature-invalid' })
  })

  it('counts what is remembered from before, and takes it for no work', () => {
    const budget = (signatureChecks: number): Budget =>
      new Budget(
        { ...defaultLimits, signatureChecks },
        { buildingSteps: 0, candidatePaths: 0, signatureChecks: 1, nameConstraintComparisons: 0, policyNodes: 0 }
      )
    const known = signedBy(ecPair, 'sha256', ecdsaWithSha256)
    const knows: ValidationMemory = {
      certificate: () => undefined,
      signature: (signed, _key, find) => (signed === known ? 'verifies' : find())
    }
    const verify = createVerifier(budget(3), knows)
    expect(verify(known, ecKey)).toBeUndefined()
    expect(verify({ ...known }, ecKey)).toBeUndefined()
    expect(() => verify({ ...known }, ecKey)).toThrow(AllowanceSpent)
    expect(() => createVerifier(budget(0), knows)(known, ecKey)).toThrow(LimitReached)
  })

  it('takes a key that stands in several certificates for one', () => {
    const verify = createVerifier(limited(1))
    const sound = signedBy(ecPair, 'sha256', ecdsaWithSha256)
    for (let round = 0; round < 3; round++) expect(verify(sound, keyFrom(ecPair))).toBeUndefined()
    const other = keyFrom(generateKeyPairSync('ec', { namedCurve: 'P-256' }))
    expect(() => verify(sound, other)).toThrow('The limit signatureChecks of 1 was reached')
  })
})
