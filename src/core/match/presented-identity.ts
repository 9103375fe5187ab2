import type { Certificate } from '../model/certificate.ts'
import type { GeneralName } from '../model/name.ts'
import type { ReferenceIdentity } from '../model/options.ts'
import { isMailboxName, mailboxText, normaliseMailbox } from './mailbox.ts'
import { normaliseUri } from './uri.ts'

type Of<T extends ReferenceIdentity['type']> = Extract<ReferenceIdentity, { type: T }>

/**
 * The first subject alternative name that matches an identity: RFC 9525 §6, RFC 5280 §7.4 and §7.5, RFC 9598 §5. A common
 * name never does.
 */
export const matchingName = (
  { subjectAlternativeNames = [] }: Certificate,
  identity: ReferenceIdentity
): GeneralName | undefined => subjectAlternativeNames.find(matcherOf(identity))

/** The alternative names that could have matched an identity of that type, right or wrong. */
export const namesOfType = (
  { subjectAlternativeNames = [] }: Certificate,
  type: ReferenceIdentity['type']
): readonly GeneralName[] =>
  subjectAlternativeNames.filter((name) => (type === 'email' ? isMailboxName(name) : name.type === type))

const matcherOf = (identity: ReferenceIdentity): ((name: GeneralName) => boolean) => {
  switch (identity.type) {
    case 'dns':
      return (name) => name.type === 'dns' && dnsMatches(name.value.toLowerCase(), identity.value)
    case 'ip':
      return (name) => name.type === 'ip' && Buffer.compare(name.value, identity.value) === 0
    case 'email':
      return (name) => mailboxMatches(name, identity)
    case 'uri':
      return (name) => name.type === 'uri' && normaliseUri(name.value) === identity.value
  }
}

/**
 * RFC 9525 §6.3: label by label, a wildcard being the whole left-most label and standing for exactly one. The reference is
 * a sound name, so a presented name that is none (a trailing dot, an empty label, a second asterisk) equals none.
 */
export const dnsMatches = (presented: string, reference: string): boolean => {
  if (presented === reference) return true
  const dot = reference.indexOf('.')
  return dot > 0 && presented.startsWith('*.') && presented.slice(1) === reference.slice(dot)
}

/**
 * RFC 5280 §7.5: the local part exactly, the host without case; RFC 9598 §5 compares hosts as A-labels. RFC 9598 §3: an
 * SmtpUTF8Mailbox is for local parts beyond ASCII alone, and an rfc822Name cannot have these.
 */
const mailboxMatches = (name: GeneralName, identity: Of<'email'>): boolean => {
  const text = mailboxText(name)
  const mailbox = text === undefined ? undefined : normaliseMailbox(text)
  if (mailbox === undefined || `${mailbox.local}@${mailbox.host}` !== identity.value) return false
  return (name.type === 'email') === /^\p{ASCII}*$/u.test(mailbox.local)
}

/**
 * A presented name with an asterisk in a place where it means nothing, that would match if it stood for any characters of
 * a label: what its issuer, or other software, may have meant.
 */
export const misplacedWildcard = (certificate: Certificate, identity: Of<'dns'>): string | undefined => {
  const asked = identity.value.split('.')
  for (const name of certificate.subjectAlternativeNames ?? []) {
    if (name.type !== 'dns' || !name.value.includes('*')) continue
    if (name.value === '*') return name.value
    const labels = name.value.toLowerCase().split('.')
    if (labels.length === asked.length && labels.every((label, at) => patternMatches(label, asked[at] ?? '')))
      return name.value
  }
  return undefined
}

/** Whether a label matches a pattern whose asterisks stand for any characters: each part is taken where it first occurs. */
const patternMatches = (pattern: string, label: string): boolean => {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === label
  if (label.length < first.length + last.length || !label.startsWith(first) || !label.endsWith(last)) return false
  const middle = label.slice(first.length, label.length - last.length)
  let at = 0
  for (const part of rest) {
    const found = middle.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return true
}
