import type { EvidenceRequest } from './evidence-request.ts'
import type { ReadEvidence } from './reading.ts'

/** Seconds for which evidence is used without asking again, whatever it says itself. */
export interface Lifetimes {
  readonly least: number
  readonly most: number
}

/**
 * Until when evidence that came at `now` is used without asking again: until it says that there will be newer, and not
 * at all long where it does not say so (RFC 6960 §4.2.2.1: newer information is available all the time). Seconds since
 * 1970-01-01T00:00:00Z.
 */
export const freshUntil = (
  request: EvidenceRequest,
  read: ReadEvidence,
  now: number,
  { least, most }: Lifetimes
): number => {
  const next = nextUpdateOf(request, read)
  return Math.max(now + least, Math.min(now + most, next ?? now))
}

const nextUpdateOf = ({ about }: EvidenceRequest, read: ReadEvidence): number | undefined => {
  switch (read.kind) {
    case 'issuer':
      return Number.POSITIVE_INFINITY
    case 'crl':
      return read.crl.nextUpdate
    case 'ocsp': {
      const answers = read.response.basic?.find(about?.certificate.serialNumber ?? '') ?? []
      const times = answers.flatMap((answer) =>
        answer.ok ? [answer.value.nextUpdate ?? Number.NEGATIVE_INFINITY] : []
      )
      return times.length === 0 ? undefined : Math.min(...times)
    }
  }
}
