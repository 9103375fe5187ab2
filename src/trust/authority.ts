import { type Certificate, keyUsageBits } from '../core/model/certificate.ts'

/**
 * Whether a certificate is one of a CA, so that it has its place in a trust store: by its basic constraints (RFC 5280
 * §4.2.1.9), and by its key usage where it has one (§4.2.1.3).
 *
 * Versions 1 and 2 know neither. Of these a self-issued one is taken for a root, as the old roots of every store are; any
 * other cannot be told from an end entity. A root of version 3 that does not say so is none: validation refuses it too.
 */
export const isCa = ({ version, selfIssued, basicConstraints, keyUsage }: Certificate): boolean => {
  if (basicConstraints === undefined) return version < 3 && selfIssued
  return basicConstraints.ca && (keyUsage === undefined || (keyUsage & keyUsageBits.keyCertSign) !== 0)
}
