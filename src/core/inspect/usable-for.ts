import { keyUsageBits as bits, type Certificate } from '../model/certificate.ts'
import { anyExtendedKeyUsage, extensionOids } from '../model/oids.ts'
import { purposeOids } from '../model/options.ts'

const { digitalSignature, nonRepudiation, keyEncipherment, keyAgreement, keyCertSign, cRLSign } = bits

/** RFC 5280 §4.2.1.12: the bits of key usage, any of which is consistent with a purpose. */
const consistentUsage: Readonly<Record<keyof typeof purposeOids, number>> = {
  serverAuth: digitalSignature | keyEncipherment | keyAgreement,
  clientAuth: digitalSignature | keyAgreement,
  codeSigning: digitalSignature,
  emailProtection: digitalSignature | nonRepudiation | keyEncipherment | keyAgreement,
  timeStamping: digitalSignature | nonRepudiation,
  OCSPSigning: digitalSignature | nonRepudiation
}

/** RFC 3161 §2.3 and RFC 6960 §4.2.2.2 want these named: neither an absent extension nor anyExtendedKeyUsage will do. */
const namedAlone: ReadonlySet<string> = new Set(['timeStamping', 'OCSPSigning'])

type Purpose = keyof typeof purposeOids

/**
 * What a certificate may be used for by what it says of itself: key usage, extended key usage, basic constraints. Whether it is
 * valid is another question. Nothing, where one of the three is there and cannot be read.
 */
export const usableFor = (certificate: Certificate): readonly string[] => {
  const { keyUsage, extendedKeyUsage, basicConstraints } = certificate
  const unread =
    isUnread(certificate, 'keyUsage', keyUsage) ||
    isUnread(certificate, 'extKeyUsage', extendedKeyUsage) ||
    isUnread(certificate, 'basicConstraints', basicConstraints)
  if (unread) return []
  const uses = (wanted: number): boolean => keyUsage === undefined || (keyUsage & wanted) !== 0
  const allows = (name: Purpose): boolean => {
    if (extendedKeyUsage?.includes(purposeOids[name]) === true) return true
    return !namedAlone.has(name) && (extendedKeyUsage?.includes(anyExtendedKeyUsage) ?? true)
  }
  const purposes = (Object.keys(purposeOids) as Purpose[]).filter((name) => allows(name) && uses(consistentUsage[name]))
  const isCa = basicConstraints?.ca === true
  return [
    ...purposes,
    ...(isCa && uses(keyCertSign) ? ['certificateSigning'] : []),
    ...(isCa && uses(cRLSign) ? ['crlSigning'] : [])
  ]
}

const isUnread = (certificate: Certificate, name: keyof typeof extensionOids, value: unknown): boolean =>
  value === undefined && certificate.extension(extensionOids[name]) !== undefined
