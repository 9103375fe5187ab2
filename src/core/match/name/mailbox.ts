import { type Mailbox, splitMailbox } from '../../decode/name/name-syntax.ts'
import { readSmtpUtf8Mailbox, smtpUtf8Mailbox } from '../../decode/name/smtp-utf8-mailbox.ts'
import type { GeneralName } from '../../model/name.ts'
import { normaliseHostName } from './host-name.ts'

/** Whether a name is an email address: an rfc822Name, or an SmtpUTF8Mailbox (RFC 9598 §3). */
export const isMailboxName = (name: GeneralName): boolean =>
  name.type === 'email' || (name.type === 'other' && name.oid === smtpUtf8Mailbox)

/** The text of a name that is an email address; undefined for other names, and where it cannot be read. */
export const mailboxText = (name: GeneralName): string | undefined => {
  if (name.type === 'email') return name.value
  return name.type === 'other' && name.oid === smtpUtf8Mailbox ? readSmtpUtf8Mailbox(name.value) : undefined
}

/**
 * A mailbox in the form in which RFC 9598 §5 compares them: its local part without quoting, its host in lower-case A-labels.
 * Undefined for what is none.
 */
export const normaliseMailbox = (text: string): Mailbox | undefined => {
  const mailbox = splitMailbox(text)
  const host = mailbox === undefined ? undefined : normaliseHostName(mailbox.host)
  return mailbox === undefined || host?.ok !== true ? undefined : { local: mailbox.local, host: host.value }
}
