import { keyUsageBits } from '../model/certificate.ts'

/** The names of the bits of key usage that are set, in their order. */
export const keyUsageNames = (bits: number): readonly string[] =>
  Object.entries(keyUsageBits).flatMap(([name, bit]) => ((bits & bit) === 0 ? [] : [name]))

/** RFC 5280 §4.2.1.13: ReasonFlags in the order of their bits. */
const reasonNames = [
  'unused',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
  'aACompromise'
] as const

export const reasonFlagNames = (bits: number): readonly string[] =>
  reasonNames.filter((_, at) => (bits & (1 << at)) !== 0)
