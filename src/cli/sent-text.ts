import type { ChainChange } from '../core/model/chain.ts'
import { printable } from '../core/model/printable.ts'
import type { Sent, SentEntry } from './sent.ts'
import { folded, type Look } from './terminal.ts'

/** Certificates, and remarks about them, that are shown: a sound chain has five at most. */
const mostShown = 32

/** The certificates in the order in which they were sent, and what is not as it should be. */
export const sentText = (sent: Sent, look: Look): string => {
  const { address, protocol, cipher, fault, starttls, certificates, changes } = sent
  const tls = [protocol ?? 'a handshake that did not end well', ...(cipher === null ? [] : [cipher])].join(', ')
  const over = starttls === null ? '' : ` after STARTTLS of ${starttls}`
  return [
    look.faint(`  sent by ${address}${over} (${tls}):`),
    ...mostOf(certificates, (each, at) => folded(look.faint(`${at} ${entryText(each)}`), '    ', look)),
    ...(fault === null ? [] : folded(`${look.doubtful('handshake')}: the server ${fault}.`, '  ', look)),
    ...mostOf(changes, (each) => folded(`${look.doubtful(aspect(each))}: ${changeText(each)}`, '  ', look)),
    ''
  ].join('\n')
}

const mostOf = <T>(things: readonly T[], linesOf: (thing: T, at: number) => readonly string[]): readonly string[] => [
  ...things.slice(0, mostShown).flatMap(linesOf),
  ...(things.length > mostShown ? [`    and ${things.length - mostShown} more`] : [])
]

const entryText = ({ subject, issuer, stapled }: SentEntry): string => {
  const staple = stapled ? ', with an OCSP response' : ''
  if (subject === null || issuer === null) return `what cannot be read as a certificate${staple}`
  return `${nameOr(subject)}, issued by ${nameOr(issuer)}${staple}`
}

const nameOr = (name: string): string => (name === '' ? 'nobody by name' : name)

const aspect = ({ action, reason }: ChainChange): string => {
  if (action === 'added') return 'missing'
  if (action === 'moved') return 'out of order'
  return reason === 'root' || reason === 'not-needed' ? 'needless' : (reason ?? 'needless')
}

/** The words of a repair say what became of a certificate; these, what the server should do. */
const changeText = ({ action, certificate, from, to, reason, message }: ChainChange): string => {
  const name = certificate === null ? 'a certificate' : nameOr(certificate.subject)
  if (action === 'added') return `${name} belongs at ${to}, and was not sent.`
  if (action === 'moved') return `${name} was sent at ${from} and belongs at ${to}.`
  switch (reason) {
    case 'duplicate':
      return `${name} was sent again at ${from}.`
    case 'root':
      return `${name} at ${from} is the root, which those who trust it have.`
    case 'stranger':
      return `${name} at ${from} has issued none of the certificates of the path.`
    case 'not-needed':
      return `the path does not go over ${name} at ${from}.`
    default:
      return printable(message)
  }
}
