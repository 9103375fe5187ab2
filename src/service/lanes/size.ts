import type { Allowance } from '../../core/model/limits.ts'
import type { ValidationRequest } from '../../core/model/request.ts'

/** Objects that a small request may have: reading them is bounded by its bytes, and all else by `smallAllowance`. */
export const smallCount = 64
/** Fewer where they are looked at by themselves, which is held to no allowance. */
export const smallMaterialCount = 16

/**
 * What may be done for a small request. Each is what a few milliseconds buy, so that all together stay below what others would notice:
 * 64 signatures of ordinary cost take less than ten. Whatever needs more is done in a process that can be ended. What is remembered
 * is not done again: a long chain under known intermediates is one signature.
 */
export const smallAllowance: Allowance = {
  buildingSteps: 2_000,
  candidatePaths: 16,
  signatureChecks: 64,
  nameConstraintComparisons: 20_000,
  policyNodes: 1_000
}

/** What an element of a list counts for beside its length: each name asked for is held against each name of a certificate. */
const elementWeight = 256

/**
 * Whether a request may be judged where it arrived: it has at most `bytes` characters or octets, all its options included, and asks for
 * no revocation, the evidence for which, in the request or in a store, may be as large as it likes. How many objects there are,
 * also in one CMS message, is told by whoever reads them.
 */
export const isSmall = (request: ValidationRequest, bytes: number): boolean => {
  const { crls, ocspResponses, revocation } = request
  if (crls !== undefined || ocspResponses !== undefined) return false
  if (revocation?.mode !== undefined && revocation.mode !== 'off') return false
  return weightOf(request) <= bytes
}

/** Characters and octets of a request, and more for its lists. It is as shallow as JSON may be. */
export const weightOf = (value: unknown): number => {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + elementWeight + weightOf(each), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>((sum, each) => sum + weightOf(each), 0)
}
