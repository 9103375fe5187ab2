import type { Limits, SpentLimit } from '../../core/model/limits.ts'
import type { Material, ValidationRequest } from '../../core/model/request.ts'

/** Objects that a small request may have. */
export const smallCount = 16

/**
 * What a small request may spend. Each is what a few milliseconds buy, so that all together stay below what others would notice:
 * 64 signatures of ordinary cost take less than ten. Whatever needs more is done in a process that can be ended.
 */
const smallLimits = {
  buildingSteps: 2_000,
  candidatePaths: 16,
  signatureChecks: 64,
  nameConstraintComparisons: 20_000,
  policyNodes: 1_000
} as const satisfies { readonly [K in SpentLimit]: number }

/** The limits of the service, and none above what a small request may spend. */
export const limitsForSmall = (limits: Limits): Limits => ({
  ...limits,
  buildingSteps: Math.min(limits.buildingSteps, smallLimits.buildingSteps),
  candidatePaths: Math.min(limits.candidatePaths, smallLimits.candidatePaths),
  signatureChecks: Math.min(limits.signatureChecks, smallLimits.signatureChecks),
  nameConstraintComparisons: Math.min(limits.nameConstraintComparisons, smallLimits.nameConstraintComparisons),
  policyNodes: Math.min(limits.policyNodes, smallLimits.policyNodes)
})

/**
 * Whether a request may be judged where it arrived: its certificates have at most `bytes` characters or octets, and it asks for
 * no revocation, the evidence for which, in the request or in a store, may be as large as it likes. How many objects there are,
 * also in one CMS message, is told by whoever reads them.
 */
export const isSmall = (request: ValidationRequest, bytes: number): boolean => {
  const { crls, ocspResponses, revocation } = request
  if (crls !== undefined || ocspResponses !== undefined) return false
  if (revocation?.mode !== undefined && revocation.mode !== 'off') return false
  return sizeOf(request.chain) + sizeOf(request.intermediates) + sizeOf(request.caBundle) <= bytes
}

const sizeOf = (material: Material | undefined): number => {
  if (material === undefined) return 0
  if (typeof material === 'string' || material instanceof Uint8Array) return material.length
  return material.reduce((sum, text) => sum + text.length, 0)
}
