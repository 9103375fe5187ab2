import { type AnchorConstraints, unconstrained } from '../../model/anchor-constraints.ts'
import type { TrustSettings } from '../../model/bundle.ts'
import { anyExtendedKeyUsage } from '../../model/oids.ts'
import { attempt, contextConstructed, type Decoded, DerReader, derOf, type Element, tags, within } from '../der/der.ts'
import { readOid } from '../der/primitives.ts'

export interface TrustedCertificate {
  /** The certificate's own octets. */
  readonly der: Uint8Array
  /** Undefined where nothing follows the certificate. */
  readonly trust: TrustSettings | undefined
}

/**
 * OpenSSL's TRUSTED CERTIFICATE: a certificate, and after it as a rule what it is trusted for.
 *
 *     CertAux ::= SEQUENCE {
 *       trust   SEQUENCE OF OBJECT IDENTIFIER OPTIONAL,
 *       reject  [0] IMPLICIT SEQUENCE OF OBJECT IDENTIFIER OPTIONAL,
 *       alias   UTF8String OPTIONAL,
 *       keyid   OCTET STRING OPTIONAL,
 *       other   [1] IMPLICIT SEQUENCE OF AlgorithmIdentifier OPTIONAL }
 *
 * Settings that cannot be read make the whole unreadable: without them the certificate would be trusted for more.
 */
export const readTrustedCertificate = (bytes: Uint8Array): Decoded<TrustedCertificate> =>
  attempt(() => {
    const reader = new DerReader(bytes, 'the trusted certificate')
    const der = derOf(reader.expect(tags.sequence, 'certificate'))
    if (reader.done) return { der, trust: undefined }
    const settings = reader.expect(tags.sequence, 'trust settings')
    reader.finish()
    return { der, trust: settingsOf(settings) }
  })

const settingsOf = (element: Element): TrustSettings => {
  const fields = within(element, 'the trust settings')
  const trusted = oidsOf(fields.optional(tags.sequence))
  const rejected = oidsOf(fields.optional(contextConstructed(0)))
  fields.optional(tags.utf8String)
  fields.optional(tags.octetString)
  fields.optional(contextConstructed(1))
  fields.finish()
  return { trusted, rejected }
}

const oidsOf = (list: Element | undefined): readonly string[] | undefined => {
  if (list === undefined) return undefined
  const reader = within(list, 'the list of purposes')
  const oids: string[] = []
  while (!reader.done) oids.push(readOid(reader.expect(tags.oid, 'purpose'), 'the purpose'))
  return oids
}

/**
 * What trust settings come to for an anchor, as OpenSSL takes them: where there is a list of trusted purposes (an empty
 * one too) no other is trusted, anyExtendedKeyUsage in a list stands for all, and what is rejected is not trusted at all.
 */
export const constraintsOf = (trust: TrustSettings | undefined): AnchorConstraints | undefined => {
  if (trust === undefined) return undefined
  const { trusted, rejected = [] } = trust
  const purposes = trusted?.includes(anyExtendedKeyUsage) ? undefined : trusted
  if (purposes === undefined && rejected.length === 0) return undefined
  return { ...unconstrained, purposes, rejectedPurposes: rejected }
}
