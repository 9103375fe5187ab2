import type { ChainCertificate, ChainChange, RemovalReason } from '../model/chain.ts'
import type { Candidate } from '../model/path.ts'

/** What was sent as `chain`, and what became of it. */
export interface Rearrangement {
  /** In the order of what was sent. */
  readonly sent: readonly Candidate[]
  readonly unreadable: readonly { readonly source: string; readonly reason: string }[]
  /** In the order of what is given back. */
  readonly kept: readonly Candidate[]
  /** The root of the path, where it is not given back. */
  readonly root: Candidate | undefined
}

/** Each difference between what was sent and what is given back: first what stands there now, then what was left out. */
export const changesOf = ({ sent, unreadable, kept, root }: Rearrangement): readonly ChainChange[] => {
  const slots = new Map<string, number>()
  for (const { certificate, source } of sent)
    if (!slots.has(certificate.fingerprint)) slots.set(certificate.fingerprint, slotOf(source))
  const present = kept.map((candidate, to) => ({ candidate, to, from: slots.get(candidate.certificate.fingerprint) }))
  const inOrder = present.flatMap(({ from }) => (from === undefined ? [] : [from])).sort((one, other) => one - other)
  let place = 0
  const placed = present.flatMap(({ candidate, to, from }): readonly ChainChange[] => {
    if (from === undefined) return [added(candidate, to)]
    return inOrder[place++] === from ? [] : [moved(candidate, from, to)]
  })
  const names = namesAbove(kept, sent)
  const isKept = new Set(kept.map(({ certificate }) => certificate.fingerprint))
  const left = sent.flatMap((candidate): readonly ChainChange[] => {
    const { certificate, source } = candidate
    const first = slots.get(certificate.fingerprint)
    const from = slotOf(source)
    if (first !== undefined && first !== from)
      return [removed(candidate, from, 'duplicate', `chain[${first}] is the same`)]
    if (isKept.has(certificate.fingerprint)) return []
    if (certificate.fingerprint === root?.certificate.fingerprint)
      return [removed(candidate, from, 'root', 'it is the root, which those who trust it have')]
    return names.has(certificate.subject.key)
      ? [removed(candidate, from, 'not-needed', 'by its name it could stand there, but the path does not go over it')]
      : [removed(candidate, from, 'stranger', 'it has issued none of the certificates of the path')]
  })
  const unread = unreadable.map(({ source, reason }): ChainChange => {
    const from = slotOf(source)
    const message = `${source} was left out: it cannot be read, for ${reason}.`
    return { action: 'removed', certificate: null, from, to: null, reason: 'unreadable', message }
  })
  return [...placed, ...[...left, ...unread].sort((one, other) => (one.from ?? 0) - (other.from ?? 0))]
}

export const chainCertificate = ({ certificate, source }: Candidate): ChainCertificate => ({
  fingerprint: certificate.fingerprint,
  subject: certificate.subject.text,
  issuer: certificate.issuer.text,
  source
})

/** `chain[n]` */
const slotOf = (source: string): number => Number(/\[(\d+)\]$/.exec(source)?.[1] ?? 0)

/** The names of all who may stand above what is kept, as far as what was sent leads. */
const namesAbove = (kept: readonly Candidate[], sent: readonly Candidate[]): ReadonlySet<string> => {
  const bySubject = Map.groupBy(sent, ({ certificate }) => certificate.subject.key)
  const names = new Set(kept.map(({ certificate }) => certificate.issuer.key))
  for (const name of names) for (const { certificate } of bySubject.get(name) ?? []) names.add(certificate.issuer.key)
  return names
}

const nameOf = ({ certificate }: Candidate): string =>
  certificate.subject.text === '' ? 'a certificate without a subject' : certificate.subject.text

const added = (candidate: Candidate, to: number): ChainChange => ({
  action: 'added',
  certificate: chainCertificate(candidate),
  from: null,
  to,
  reason: null,
  message: `${nameOf(candidate)} was missing and stands at ${to} now; it came from ${candidate.source}.`
})

const moved = (candidate: Candidate, from: number, to: number): ChainChange => ({
  action: 'moved',
  certificate: chainCertificate({ ...candidate, source: `chain[${from}]` }),
  from,
  to,
  reason: null,
  message: `${nameOf(candidate)} was moved from ${from} to ${to}.`
})

const removed = (candidate: Candidate, from: number, reason: RemovalReason, why: string): ChainChange => ({
  action: 'removed',
  certificate: chainCertificate(candidate),
  from,
  to: null,
  reason,
  message: `${nameOf(candidate)} (${candidate.source}) was left out: ${why}.`
})
