/** Where fetched evidence is kept, in the same database as the uploaded trust stores, so that a restart or another replica need not fetch it again. */

export type EvidenceKind = 'crl' | 'ocsp' | 'issuer'

export interface KeptEvidence {
  readonly kind: EvidenceKind
  /** What it answers: the URL, and for OCSP the request as well. At most 4,096 characters, none of them U+0000. */
  readonly key: string
  /** As it was received. */
  readonly body: Uint8Array
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly fetchedAt: number
  /** Until when it may be used without asking again. */
  readonly freshUntil: number
}

/** All methods reject where the database cannot be reached; whoever uses them goes on without. */
export interface EvidenceKeeping {
  get(kind: EvidenceKind, key: string): Promise<KeptEvidence | undefined>
  /** Replaces what was kept under the same kind and key, unless that was fetched later. */
  put(evidence: KeptEvidence): Promise<void>
  /** What stops being fresh before `time`, soonest first, without bodies. */
  due(time: number, most: number): Promise<readonly Omit<KeptEvidence, 'body'>[]>
  /** Removes what stopped being fresh before `time`, and then the longest unused until at most `maxBytes` are kept. */
  trim(time: number, maxBytes: number): Promise<void>
}
