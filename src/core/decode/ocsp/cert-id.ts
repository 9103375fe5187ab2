import { createHash } from 'node:crypto'
import type { Certificate } from '../../model/certificate.ts'
import type { Name } from '../../model/name.ts'
import type { CertId, CertIdHash } from '../../model/ocsp.ts'
import { contentOf, type DerReader, tags } from '../der/der.ts'
import { hex, readInteger } from '../der/primitives.ts'
import { isNull, nextAlgorithmIdentifier } from '../key/algorithm.ts'
import { subjectPublicKeyOf } from '../key/public-key.ts'

/** The OIDs of the hashes that a CertID may name: RFC 3279 §2.2.1 and RFC 5754 §2. */
export const certIdHashOids: Readonly<Record<CertIdHash, string>> = {
  sha1: '1.3.14.3.2.26',
  sha224: '2.16.840.1.101.3.4.2.4',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3'
}

const hashByOid = new Map(Object.entries(certIdHashOids).map(([hash, oid]) => [oid, hash as CertIdHash]))

/**
 * RFC 6960 §4.1.1: the CertID that comes next. The hash's parameters are NULL or absent, as RFC 5754 §2 has both; with
 * others it is none that is understood. Call within `attempt`.
 */
export const readCertId = (reader: DerReader): CertId => {
  const fields = reader.sequence('certID')
  const { oid, parameters } = nextAlgorithmIdentifier(fields, 'the hashAlgorithm')
  const issuerNameHash = hex(contentOf(fields.expect(tags.octetString, 'issuerNameHash')))
  const issuerKeyHash = hex(contentOf(fields.expect(tags.octetString, 'issuerKeyHash')))
  const serialNumber = hex(readInteger(fields.expect(tags.integer, 'serialNumber'), 'serialNumber'))
  fields.finish()
  const hash = parameters === undefined || isNull(parameters) ? hashByOid.get(oid) : undefined
  return { hash, issuerNameHash, issuerKeyHash, serialNumber }
}

/** The hash of a Name's DER: RFC 6960 §4.1.1. */
export const nameHash = (hash: CertIdHash, { der }: Name): Buffer => createHash(hash).update(der).digest()

/** The hash of the value of a certificate's subjectPublicKey, without tag, length and unused bits; undefined where it cannot be split. */
export const keyHash = (hash: CertIdHash, { spki }: Certificate): Buffer | undefined => {
  const key = subjectPublicKeyOf(spki)
  return key && createHash(hash).update(key).digest()
}
