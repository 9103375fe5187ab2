import type { Limits, SpentLimit } from '../../core/model/limits.ts'
import type { Material, ValidationRequest } from '../../core/model/request.ts'

/** Characters or octets of certificates, and how many objects, that a request may have to be called small. */
const smallSize = 65_536
const smallCount = 16

/**
 * What a small request may spend. Each is a part of what a millisecond or a few of them buy, so that all together stay far
 * below what others would notice; whatever needs more is done in a process that can be ended.
 */
const smallLimits = {
  buildingSteps: 2_000,
  candidatePaths: 16,
  signatureChecks: 24,
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
 * Whether a request may be judged where it arrived. It is when it has few certificates and asks for no revocation: the evidence for
 * that, in the request or in a store, may be as large as it likes.
 */
export const isSmall = (request: ValidationRequest): boolean => {
  if (request.crls !== undefined || request.ocspResponses !== undefined) return false
  if (request.revocation?.mode !== undefined && request.revocation.mode !== 'off') return false
  let size = 0
  let count = 0
  for (const material of [request.chain, request.intermediates, request.caBundle]) {
    for (const part of partsOf(material)) {
      size += part.length
      count += typeof part === 'string' ? countBlocks(part) : 1
      if (size > smallSize || count > smallCount) return false
    }
  }
  return true
}

const partsOf = (material: Material | undefined): readonly (string | Uint8Array)[] => {
  if (material === undefined) return []
  return typeof material === 'string' || material instanceof Uint8Array ? [material] : (material as readonly string[])
}

const begin = '-----BEGIN '

/** PEM blocks in a text; what has none is one object. Counting ends where there are too many. */
const countBlocks = (text: string): number => {
  let count = 0
  for (let at = text.indexOf(begin); at >= 0 && count <= smallCount; at = text.indexOf(begin, at + begin.length))
    count++
  return Math.max(1, count)
}
