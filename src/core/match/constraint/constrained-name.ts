import { isDnsName } from '../../decode/name/name-syntax.ts'
import type { Certificate } from '../../model/certificate.ts'
import type { GeneralName } from '../../model/name.ts'
import { generalNameText } from '../name/general-name-text.ts'
import { isMailboxName, mailboxText, normaliseMailbox } from '../name/mailbox.ts'
import { hostNameOfUri } from '../name/uri.ts'

/** A name in the form in which constraints on its type are applied. */
export type Comparable =
  /** In lower case; `*.` at the start stands for any one label. */
  | { readonly type: 'dns'; readonly value: string }
  | { readonly type: 'ip'; readonly value: Uint8Array }
  | { readonly type: 'email'; readonly local: string; readonly host: string }
  | { readonly type: 'uri'; readonly host: string }
  | { readonly type: 'directory'; readonly rdnKeys: readonly string[] }
  /** The name cannot be compared with constraints on its type, and the reason why. */
  | { readonly type: 'incomparable'; readonly reason: string }

/** A name that constraints apply to. */
export interface ConstrainedName {
  /** The type whose constraints apply. */
  readonly type: GeneralName['type']
  /** For people. */
  readonly text: string
  readonly comparable: Comparable
}

const emailAddress = '1.2.840.113549.1.9.1'

const namesByCertificate = new WeakMap<Certificate, readonly ConstrainedName[]>()

/**
 * All names of a certificate that name constraints apply to, by RFC 5280 §4.2.1.10: its subject where not empty, its
 * subject alternative names, and the subject's emailAddress attributes where there is no rfc822Name. A common name is
 * never taken for a DNS name.
 */
export const constrainedNames = (certificate: Certificate): readonly ConstrainedName[] => {
  const known = namesByCertificate.get(certificate)
  if (known !== undefined) return known
  const names = [...subjectNames(certificate), ...(certificate.subjectAlternativeNames ?? []).flatMap(formsOf)]
  namesByCertificate.set(certificate, names)
  return names
}

const subjectNames = ({ subject, subjectAlternativeNames = [] }: Certificate): readonly ConstrainedName[] => {
  if (subject.isEmpty) return []
  const names = [formOf({ type: 'directory', value: subject })]
  if (subjectAlternativeNames.some(({ type }) => type === 'email')) return names
  for (const { type, text } of subject.rdns.flat()) {
    if (type === emailAddress) names.push(formOf({ type: 'email', value: text ?? '' }))
  }
  return names
}

/** An SmtpUTF8Mailbox is an email address (RFC 9598 §6) and an otherName: constraints on either apply to it. */
const formsOf = (name: GeneralName): readonly ConstrainedName[] => {
  if (name.type === 'email' || !isMailboxName(name)) return [formOf(name)]
  return [{ type: 'email', text: generalNameText(name), comparable: mailboxForm(mailboxText(name)) }, formOf(name)]
}

const formOf = (name: GeneralName): ConstrainedName => ({
  type: name.type,
  text: generalNameText(name),
  comparable: comparableOf(name)
})

const incomparable = (reason: string): Comparable => ({ type: 'incomparable', reason })

const comparableOf = (name: GeneralName): Comparable => {
  switch (name.type) {
    case 'dns':
      return dnsForm(name.value.toLowerCase())
    case 'ip':
      return { type: 'ip', value: name.value }
    case 'email':
      return mailboxForm(name.value)
    case 'uri':
      return uriForm(name.value)
    case 'directory':
      return { type: 'directory', rdnKeys: name.value.rdnKeys }
    default:
      // RFC 5280 §4.2.1.10 has the certificate refused where a constraint on such a name cannot be processed.
      return incomparable('names of this type have no rule for constraints')
  }
}

/** The empty name is the root, which lies within no constraint but the empty one. */
const dnsForm = (name: string): Comparable =>
  name === '' || isDnsName(name.startsWith('*.') ? name.slice(2) : name)
    ? { type: 'dns', value: name }
    : incomparable('it is not a DNS name')

const mailboxForm = (text: string | undefined): Comparable => {
  const mailbox = text === undefined ? undefined : normaliseMailbox(text)
  return mailbox === undefined ? incomparable('it is not an email address') : { type: 'email', ...mailbox }
}

/** RFC 5280 §4.2.1.10: where constraints on URIs apply, one without a host that is a domain name must be refused. */
const uriForm = (text: string): Comparable => {
  const host = hostNameOfUri(text)
  return host === undefined ? incomparable('it has no host that is a domain name') : { type: 'uri', host }
}
