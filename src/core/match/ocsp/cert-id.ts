import { keyHash, nameHash } from '../../decode/ocsp/cert-id.ts'
import type { Certificate } from '../../model/certificate.ts'
import type { Name } from '../../model/name.ts'
import type { CertId, CertIdHash } from '../../model/ocsp.ts'

/**
 * Whether a CertID means a certificate of that issuer: RFC 6960 §4.1.1.
 *
 * The name that is hashed is that of the issuer as the certificate has it. Clients and responders also hash the subject of
 * the issuer's certificate, which is the same name, but may be encoded otherwise; so both count.
 */
export const means = (id: CertId, certificate: Certificate, issuer: Certificate): boolean => {
  const { hash } = id
  if (hash === undefined || id.serialNumber !== certificate.serialNumber) return false
  if (id.issuerKeyHash !== hashOfKey(hash, issuer)) return false
  return [certificate.issuer, issuer.subject].some((name) => id.issuerNameHash === hashOfName(hash, name))
}

type Hashes = Map<CertIdHash, string>

/** Hashes are made once for each object, since a request may bring thousands of responses. */
const byName = new WeakMap<Name, Hashes>()
const byIssuer = new WeakMap<Certificate, Hashes>()

const remembered = <K extends object>(
  memory: WeakMap<K, Hashes>,
  object: K,
  hash: CertIdHash,
  make: () => Buffer | undefined
): string => {
  const hashes = memory.get(object) ?? new Map<CertIdHash, string>()
  memory.set(object, hashes)
  const known = hashes.get(hash)
  if (known !== undefined) return known
  // What cannot be hashed has the hash of nothing, which is equal to none.
  const made = make()?.toString('hex') ?? 'none'
  hashes.set(hash, made)
  return made
}

const hashOfName = (hash: CertIdHash, name: Name): string => remembered(byName, name, hash, () => nameHash(hash, name))

/** The hash of a certificate's public key in lower-case hex, as CertIDs and ResponderIDs have it. */
export const hashOfKey = (hash: CertIdHash, certificate: Certificate): string =>
  remembered(byIssuer, certificate, hash, () => keyHash(hash, certificate))
