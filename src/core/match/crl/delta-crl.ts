import { createHash } from 'node:crypto'
import { type Crl, crlExtensionOids as oids } from '../../model/crl.ts'
import type { PublicKey } from '../../model/public-key.ts'

/** A CRL that was found authentic, with the key that signed it. */
export interface SignedCrl {
  readonly crl: Crl
  readonly key: PublicKey
}

/**
 * What tells which delta CRLs and complete ones go together: RFC 5280 §5.2.4 (a), (b) and §6.3.3 (c), (h). Issuer, scope,
 * authority key identifier and signer are the same; scope and identifier octet for octet, as DER has them.
 */
export const seriesOf = ({ crl, key }: SignedCrl): string => `${labelOf(crl)}:${hex(key.spki)}`

/** Made once for each CRL, since its extensions may be of any length. */
const labels = new WeakMap<Crl, string>()

const labelOf = (crl: Crl): string => {
  const known = labels.get(crl)
  if (known !== undefined) return known
  const hash = createHash('sha256')
  const parts = [
    crl.issuer.key,
    extensionValue(crl, oids.issuingDistributionPoint),
    extensionValue(crl, oids.authorityKeyIdentifier)
  ]
  for (const part of parts) hash.update(part === undefined ? 'none;' : `${part.length}:`).update(part ?? '')
  const label = hash.digest('hex')
  labels.set(crl, label)
  return label
}

const extensionValue = (crl: Crl, oid: string): Uint8Array | undefined => crl.extension(oid)?.value

const hex = (octets: Uint8Array): string => Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('hex')

/** §5.2.4 (c) and (d): the delta starts no later than the complete CRL of its series ends, and ends later. */
export const goesWith = (delta: Crl, complete: Crl): boolean => {
  const { number, baseNumber } = delta
  if (number === undefined || baseNumber === undefined || complete.number === undefined) return false
  return baseNumber <= complete.number && complete.number < number
}

/** Newest first. Those without a number go with nothing, and stand last. */
export const newestFirst = <S extends SignedCrl>(deltas: readonly S[]): readonly S[] =>
  deltas.toSorted(({ crl: { number: one = -1n } }, { crl: { number: other = -1n } }) =>
    one === other ? 0 : one > other ? -1 : 1
  )
