import type { Fault } from '../../model/finding.ts'

/** What can be wrong with a key by itself. */
export type KeyFault = Fault<'public-key-malformed' | 'public-key-unsupported'>
