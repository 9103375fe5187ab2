import { endsInNumber } from '../decode/name/name-syntax.ts'
import { generalNameText } from '../match/name/general-name-text.ts'
import { isPublicSuffix } from '../match/name/public-suffix.ts'
import type { Certificate } from '../model/certificate.ts'
import { errorAt, type Fault, fault } from '../model/finding.ts'
import { printable } from '../model/printable.ts'
import { defineCheck } from './check.ts'

const reports = ['wildcard-not-allowed', 'common-name-not-in-san'] as const

type Reported = Fault<(typeof reports)[number]>

/** What the CA/Browser Forum's Baseline Requirements ask of the names of a TLS server certificate: profile `webpki`. */
export const webpkiNames = defineCheck({
  name: 'webpki-names',
  reports,
  run({ entries }, { options }, report) {
    const target = entries[0]?.certificate
    if (options.profile !== 'webpki' || target === undefined) return
    for (const each of wildcardFaults(target)) report(errorAt(0, each))
    for (const each of commonNameFaults(target)) report(errorAt(0, each))
  }
})

const mostReported = 8

/** BR 3.2.2.6: no wildcard right above a public suffix, of which `*` alone, above the root, is the extreme. */
function* wildcardFaults({ subjectAlternativeNames = [] }: Certificate): Iterable<Reported> {
  const reason = 'has a wildcard right below a public suffix, where names belong to different owners'
  let reported = 0
  for (const name of subjectAlternativeNames) {
    if (name.type !== 'dns' || (name.value !== '*' && !name.value.startsWith('*.'))) continue
    if (!isPublicSuffix(name.value.slice(2).toLowerCase())) continue
    yield fault('wildcard-not-allowed', { name: printable(name.value), reason }, 'CA/Browser Forum BR 3.2.2.6')
    if (++reported === mostReported) return
  }
}

const commonName = '2.5.4.3'
const mostPresented = 16

/**
 * BR 7.1.4.3: a common name is a copy of an alternative name, character for character. It is compared with those of its
 * own kind; where the certificate has none of that kind it is not meant as one of them, and ignored.
 */
function* commonNameFaults({ subject, subjectAlternativeNames = [] }: Certificate): Iterable<Reported> {
  const commonNames = subject.rdns.flat().filter(({ type }) => type === commonName)
  if (commonNames.length === 0) return
  const missing = new Set(commonNames.map(({ text = '' }) => text))
  const byKind = { ip: noCopies(), wildcard: noCopies(), host: noCopies() }
  for (const name of subjectAlternativeNames) {
    if (name.type !== 'ip' && name.type !== 'dns') continue
    const text = name.type === 'ip' ? generalNameText(name) : name.value
    missing.delete(text)
    if (missing.size === 0) return
    const ofKind = byKind[name.type === 'ip' ? 'ip' : kindOf(text)]
    if (ofKind.count++ < mostPresented) ofKind.presented.push(printable(text))
  }
  // A text is of one kind, so a copy of the common name is of its kind.
  for (const text of missing) {
    const { presented, count } = byKind[kindOf(text)]
    if (count === 0) continue
    yield fault('common-name-not-in-san', { commonName: printable(text), presented, presentedCount: count })
    return
  }
}

/** Texts that a common name may be a copy of: addresses by RFC 3986 §3.2.2 and RFC 5952 §4. */
interface Copies {
  readonly presented: string[]
  count: number
}

const noCopies = (): Copies => ({ presented: [], count: 0 })

type Kind = 'ip' | 'wildcard' | 'host'

/** What a text is meant as: what looks like a number or has a colon is an address. */
const kindOf = (text: string): Kind => {
  if (text.includes(':') || endsInNumber(text) || /^0x/i.test(text)) return 'ip'
  return text.includes('*') ? 'wildcard' : 'host'
}
