/** Why something was not fetched. These name outcomes in metrics and in answers, so they stay as they are. */
export type FetchFaultKind =
  /** The URL is of a form that is never asked. */
  | 'url-refused'
  /** The host is none that the configuration allows. */
  | 'host-refused'
  /** No address of the host may be connected to. */
  | 'address-refused'
  | 'name-not-resolved'
  | 'connection-failed'
  /** No answer in time. */
  | 'timeout'
  /** An answer that comes by drops. */
  | 'too-slow'
  /** A status other than 200. */
  | 'status'
  /** A content coding: nothing is unpacked. */
  | 'coded'
  | 'too-large'
  /** The connection ended before the answer did. */
  | 'incomplete'
  /** Too much is being fetched already. */
  | 'busy'
  /** It came, and is not what was asked for. */
  | 'unreadable'
  /** A responder that answers that it does not answer. */
  | 'declined'

export interface FetchFault {
  readonly kind: FetchFaultKind
  /** As the rest of a sentence that begins with the URL; quotes nothing that came from the other side. */
  readonly reason: string
}

export const fetchFault = (kind: FetchFaultKind, reason: string): FetchFault => ({ kind, reason })

/** What was asked for, or why it was not had. */
export type Fetched<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: FetchFault }

export const failed = (kind: FetchFaultKind, reason: string): { readonly ok: false; readonly fault: FetchFault } => ({
  ok: false,
  fault: fetchFault(kind, reason)
})
