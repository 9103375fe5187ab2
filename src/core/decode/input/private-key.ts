import { attempt, contextConstructed, DerReader, Malformed, tags, within } from '../der/der.ts'
import { readPositive } from '../der/integer-bits.ts'
import { readCount, readOid } from '../der/primitives.ts'

/** How node:crypto calls the forms of RFC 5958, RFC 8017 §A.1.2 and RFC 5915 §3. */
export type PrivateKeyForm = 'pkcs8' | 'pkcs1' | 'sec1'

/** No key that people use is larger. */
const maximumOctets = 16_384
/** As for public keys: what is beyond is refused before any arithmetic. */
const maximumDsaBits = 8192
/** P-521 has 66; there is none larger among the curves with names. */
const maximumScalarOctets = 72

const forms = new Map<string, PrivateKeyForm>([
  ['PRIVATE KEY', 'pkcs8'],
  ['RSA PRIVATE KEY', 'pkcs1'],
  ['EC PRIVATE KEY', 'sec1']
])

/**
 * The form of a private key that may be imported, told from its PEM label and from its structure and sizes. Undefined for
 * all else: what is of other labels, over 16 KiB, over `rsaModulusBits`, of algorithms that no certificate is
 * compared in, or on a curve that is not named but spelt out, whose arithmetic a stranger would choose.
 *
 * No value of the key leaves this function, not even in what it throws.
 */
export const importableForm = (label: string, der: Uint8Array, rsaModulusBits: number): PrivateKeyForm | undefined => {
  const form = forms.get(label)
  if (form === undefined || der.length > maximumOctets) return undefined
  const checked = attempt(() => {
    const outer = new DerReader(der, 'the private key')
    const fields = outer.sequence('the private key')
    outer.finish()
    const version = readCount(fields.expect(tags.integer, 'version'), 'the version')
    if (form === 'pkcs8') checkPkcs8(fields, version, rsaModulusBits)
    else if (form === 'pkcs1') checkRsa(fields, rsaModulusBits)
    else checkEc(fields)
  })
  return checked.ok ? form : undefined
}

const checkPkcs8 = (fields: DerReader, version: number, rsaModulusBits: number): void => {
  if (version > 1) throw new Malformed('the private key has an unknown version')
  const algorithm = fields.sequence('privateKeyAlgorithm')
  const oid = readOid(algorithm.expect(tags.oid, 'algorithm'), 'the algorithm')
  const key = within(fields.expect(tags.octetString, 'privateKey'), 'the private key')
  if (isRsa(oid)) {
    const rsa = key.sequence('RSAPrivateKey')
    rsa.expect(tags.integer, 'version')
    checkRsa(rsa, rsaModulusBits)
  } else if (oid === ecPublicKey) {
    algorithm.expect(tags.oid, 'name of the curve')
    const ec = key.sequence('ECPrivateKey')
    ec.expect(tags.integer, 'version')
    checkEc(ec, false)
  } else if (oid === dsa) {
    checkDsa(algorithm, key)
  } else if (!fixed.has(oid)) {
    throw new Malformed('the private key is of an algorithm that is not compared')
  }
}

const ecPublicKey = '1.2.840.10045.2.1'
const dsa = '1.2.840.10040.4.1'
const nist = '2.16.840.1.101.3.4.3'
/** X25519 to Ed448 (RFC 8410 §3), ML-DSA (RFC 9881 §2), SLH-DSA (RFC 9909 §4). */
const fixed: ReadonlySet<string> = new Set([
  ...[110, 111, 112, 113].map((arc) => `1.3.101.${arc}`),
  ...Array.from({ length: 15 }, (_, at) => `${nist}.${17 + at}`)
])

/** rsaEncryption and id-RSASSA-PSS (RFC 4055 §1.2). */
const isRsa = (oid: string): boolean => oid === '1.2.840.113549.1.1.1' || oid === '1.2.840.113549.1.1.10'

/** RFC 8017 §A.1.2, from the modulus on. The public half is the modulus and the exponent alone. */
const checkRsa = (fields: DerReader, modulusBits: number): void => {
  const modulus = readPositive(fields, 'modulus', 'the modulus')
  const exponent = readPositive(fields, 'publicExponent', 'the exponent')
  if (modulus.bits > modulusBits || exponent.bits > modulus.bits) throw new Malformed('the RSA key is too large')
}

/** RFC 5915 §3, from the private key on: the curve is named, here or (within PKCS#8) around it. */
const checkEc = (fields: DerReader, needsCurve = true): void => {
  const scalar = fields.expect(tags.octetString, 'privateKey')
  if (scalar.end - scalar.content > maximumScalarOctets) throw new Malformed('the elliptic-curve key is too large')
  const parameters = fields.optional(contextConstructed(0))
  if (parameters !== undefined) within(parameters, 'the parameters').expect(tags.oid, 'name of the curve')
  else if (needsCurve) throw new Malformed('the elliptic-curve key does not name its curve')
}

/** RFC 3279 §2.3.2: the public value is computed from the private one, at a price that the sizes bound. */
const checkDsa = (algorithm: DerReader, key: DerReader): void => {
  const parameters = algorithm.sequence('Dss-Parms')
  const [p, q, g] = [part(parameters, 'p'), part(parameters, 'q'), part(parameters, 'g')]
  const x = part(key, 'x')
  if (p > maximumDsaBits || q > 256 || g > p || x > q) throw new Malformed('the DSA key is too large')
}

const part = (reader: DerReader, name: string): number => readPositive(reader, name, `the DSA ${name}`).bits

const openSshUnencrypted = Buffer.from('openssh-key-v1\0\0\0\0\x04none', 'latin1')

/** OpenSSH's own form (its PROTOCOL.key): the name of the cipher comes first, `none` where there is none. */
export const isEncryptedOpenSsh = (octets: Uint8Array): boolean =>
  !openSshUnencrypted.equals(octets.subarray(0, openSshUnencrypted.length))
