import type { AlgorithmIdentifier } from '../../model/certificate.ts'
import type { PssParameters } from '../../model/public-key.ts'
import { contextConstructed, type DerReader, Malformed, single, tags, within } from '../der/der.ts'
import { readCount } from '../der/primitives.ts'
import { isNull, nextAlgorithmIdentifier, readAlgorithmIdentifier } from './algorithm.ts'

/** RFC 4055 §2.1: the hashes of RSASSA-PSS, by OID. */
const hashNames = new Map([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512']
])

const mgf1 = '1.2.840.113549.1.1.8'

/** RFC 4055 §2.1: absent and NULL parameters of a hash mean the same, and both must be accepted. */
const hashOf = (algorithm: AlgorithmIdentifier, what: string): string => {
  const name = hashNames.get(algorithm.oid)
  if (name === undefined) throw new Malformed(`${what} names a hash that is not known (${algorithm.oid})`)
  if (algorithm.parameters !== undefined && !isNull(algorithm.parameters)) {
    throw new Malformed(`${what} gives parameters to a hash that has none`)
  }
  return name
}

/**
 * RSASSA-PSS-params (RFC 4055 §3.1). Call within `attempt`.
 *
 * RFC 4055 §3.1 has validators recognise default values that are spelt out, which X.690 §11.5 forbids to encode: we follow
 * the former, as there are such certificates.
 */
export const readPssParameters = (parameters: Uint8Array, what: string): PssParameters => {
  const fields = within(single(parameters, tags.sequence, what), what)
  const explicit = (number: number, part: string): DerReader | undefined => {
    const element = fields.optional(contextConstructed(number))
    return element === undefined ? undefined : within(element, `the ${part} of ${what}`)
  }
  const hashField = explicit(0, 'hashAlgorithm')
  const hash = hashField === undefined ? 'sha1' : hashOf(nextAlgorithmIdentifier(hashField, 'hashAlgorithm'), what)
  hashField?.finish()
  const maskField = explicit(1, 'maskGenAlgorithm')
  const mgfHash =
    maskField === undefined ? 'sha1' : maskHash(nextAlgorithmIdentifier(maskField, 'maskGenAlgorithm'), what)
  maskField?.finish()
  const saltField = explicit(2, 'saltLength')
  const saltLength =
    saltField === undefined ? 20 : readCount(saltField.expect(tags.integer, 'saltLength'), 'saltLength')
  saltField?.finish()
  const trailerField = explicit(3, 'trailerField')
  const trailer =
    trailerField === undefined ? 1 : readCount(trailerField.expect(tags.integer, 'trailerField'), 'trailerField')
  trailerField?.finish()
  if (trailer !== 1) throw new Malformed(`${what} has a trailerField other than 1`)
  fields.finish()
  return { hash, mgfHash, saltLength }
}

/** RFC 4055 §2.2: the parameters of MGF1 are its hash, and must be there. */
const maskHash = (algorithm: AlgorithmIdentifier, what: string): string => {
  if (algorithm.oid !== mgf1)
    throw new Malformed(`${what} names a mask generation function other than MGF1 (${algorithm.oid})`)
  if (algorithm.parameters === undefined) throw new Malformed(`${what} does not name the hash of MGF1`)
  return hashOf(
    readAlgorithmIdentifier(single(algorithm.parameters, tags.sequence, 'the hash of MGF1'), 'the hash of MGF1'),
    what
  )
}
