import type { Certificate } from '../../model/certificate.ts'
import type { GeneralName } from '../../model/name.ts'
import type { ReferenceIdentity } from '../../model/options.ts'
import { isMailboxName, mailboxText, normaliseMailbox } from './mailbox.ts'
import { normaliseUri } from './uri.ts'

type Of<T extends ReferenceIdentity['type']> = Extract<ReferenceIdentity, { type: T }>

/**
 * The first subject alternative name that matches an identity: RFC 9525 §6, RFC 5280 §7.4 and §7.5, RFC 9598 §5. A common
 * name never does.
 */
export const matchingName = (certificate: Certificate, identity: ReferenceIdentity): GeneralName | undefined => {
  const index = indexOf(certificate, identity.type)
  const [first, second] = keysOf(identity).flatMap((key) => index.get(key) ?? [])
  if (first === undefined || second === undefined) return first?.name
  return first.at < second.at ? first.name : second.name
}

interface Presented {
  readonly name: GeneralName
  readonly at: number
}

type Index = ReadonlyMap<string, Presented>

const indexes = new WeakMap<Certificate, Map<ReferenceIdentity['type'], Index>>()

/** The alternative names of one type by what they match: a certificate may have as many as a request asks for. */
const indexOf = (certificate: Certificate, type: ReferenceIdentity['type']): Index => {
  const byType = indexes.get(certificate) ?? new Map<ReferenceIdentity['type'], Index>()
  indexes.set(certificate, byType)
  const known = byType.get(type)
  if (known !== undefined) return known
  const index = new Map<string, Presented>()
  for (const [at, name] of (certificate.subjectAlternativeNames ?? []).entries()) {
    const key = presentedKey(name, type)
    if (key !== undefined && !index.has(key)) index.set(key, { name, at })
  }
  byType.set(type, index)
  return index
}

/** The alternative names that could have matched an identity of that type, right or wrong. */
export const namesOfType = (
  { subjectAlternativeNames = [] }: Certificate,
  type: ReferenceIdentity['type']
): readonly GeneralName[] =>
  subjectAlternativeNames.filter((name) => (type === 'email' ? isMailboxName(name) : name.type === type))

/** The keys of presented names that match an identity. */
const keysOf = (identity: ReferenceIdentity): readonly string[] => {
  if (identity.type === 'ip') return [Buffer.from(identity.value).toString('hex')]
  const wildcard = identity.type === 'dns' ? wildcardFor(identity.value) : undefined
  return wildcard === undefined ? [identity.value] : [identity.value, wildcard]
}

/** What a presented name is found by; undefined where it is of another type, or none. */
const presentedKey = (name: GeneralName, type: ReferenceIdentity['type']): string | undefined => {
  if (type === 'email') return mailboxKey(name)
  if (name.type !== type) return undefined
  switch (name.type) {
    case 'dns':
      return name.value.toLowerCase()
    case 'ip':
      return Buffer.from(name.value).toString('hex')
    default:
      return normaliseUri(name.value)
  }
}

/**
 * RFC 9525 §6.3: label by label, a wildcard being the whole left-most label and standing for exactly one. The reference is
 * a sound name, so a presented name that is none (a trailing dot, an empty label, a second asterisk) equals none.
 */
export const dnsMatches = (presented: string, reference: string): boolean =>
  presented === reference || presented === wildcardFor(reference)

const wildcardFor = (reference: string): string | undefined => {
  const dot = reference.indexOf('.')
  return dot > 0 ? `*${reference.slice(dot)}` : undefined
}

/**
 * RFC 5280 §7.5: the local part exactly, the host without case; RFC 9598 §5 compares hosts as A-labels. RFC 9598 §3: an
 * SmtpUTF8Mailbox is for local parts beyond ASCII alone, and an rfc822Name cannot have these.
 */
const mailboxKey = (name: GeneralName): string | undefined => {
  const text = mailboxText(name)
  const mailbox = text === undefined ? undefined : normaliseMailbox(text)
  if (mailbox === undefined || (name.type === 'email') !== /^\p{ASCII}*$/u.test(mailbox.local)) return undefined
  return `${mailbox.local}@${mailbox.host}`
}

/** How many names with an asterisk are held against one that no name matched: it is for an explanation. */
const mostWildcards = 1_000

/**
 * A presented name with an asterisk in a place where it means nothing, that would match if it stood for any characters of
 * a label: what its issuer, or other software, may have meant.
 */
export const misplacedWildcard = (certificate: Certificate, identity: Of<'dns'>): string | undefined => {
  const asked = identity.value.split('.')
  let looked = 0
  for (const name of certificate.subjectAlternativeNames ?? []) {
    if (name.type !== 'dns' || !name.value.includes('*')) continue
    if (looked++ === mostWildcards) return undefined
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
