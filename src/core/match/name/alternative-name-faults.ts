import type { Certificate } from '../../model/certificate.ts'
import { type Fault, fault } from '../../model/finding.ts'
import type { GeneralName } from '../../model/name.ts'
import { extensionOids as oids } from '../../model/oids.ts'
import { printable } from '../../model/printable.ts'

export type AlternativeNameFault = Fault<
  'subject-alternative-name-missing' | 'subject-alternative-name-invalid' | 'extension-criticality-wrong'
>

const mostReported = 8

/** RFC 5280 §4.1.2.6 and §4.2.1.6: what is asked of the subject alternative names of an end entity. */
export const alternativeNameFaults = (certificate: Certificate): readonly AlternativeNameFault[] => {
  const faults: AlternativeNameFault[] = []
  const extension = certificate.extension(oids.subjectAltName)
  const { isEmpty, malformed } = certificate.subject
  if (isEmpty && malformed === undefined) {
    if (extension === undefined) {
      const reason = 'its subject is empty, so nothing says whose it is'
      faults.push(fault('subject-alternative-name-missing', { reason }))
    } else if (!extension.critical) {
      const details = { extension: 'subjectAltName', expected: 'critical' } as const
      faults.push(fault('extension-criticality-wrong', details, 'RFC 5280 §4.2.1.6'))
    }
  }
  let reported = 0
  for (const name of certificate.subjectAlternativeNames ?? []) {
    if (name.type !== 'dns' && name.type !== 'email' && name.type !== 'uri') continue
    const reason = name.type === 'dns' ? dnsNameFault(name) : blankFault(name.value)
    if (reason === undefined) continue
    faults.push(fault('subject-alternative-name-invalid', { name: printable(name.value), reason }))
    if (++reported === mostReported) break
  }
  return faults
}

/** RFC 5280 §4.2.1.6 asks for names that are not empty, and has no meaning for those of spaces. */
const blankFault = (value: string): string | undefined => (value.trim() === '' ? 'is empty' : undefined)

/** Four numbers, or anything with a colon: what no host name looks like. */
const addressLike = /^(?:\d{1,3}\.){3}\d{1,3}$|:/

const preferred = /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i

/**
 * RFC 5280 §4.2.1.6: a dNSName has the preferred name syntax of RFC 1034 §3.5 as modified by RFC 1123 §2.1. A wildcard
 * as the left-most label is what RFC 9525 §6.3 gives a meaning to.
 */
const dnsNameFault = ({ value }: Extract<GeneralName, { type: 'dns' }>): string | undefined => {
  const blank = blankFault(value)
  if (blank !== undefined) return blank
  if (addressLike.test(value)) return 'is an IP address written as a DNS name'
  if (value.length > 253) return 'is longer than 253 characters'
  return preferred.test(value) ? undefined : 'is not in the preferred name syntax of DNS'
}
