/**
 * The validator as a library: no HTTP, and no clock, files or network of its own.
 *
 * ```ts
 * import { validate } from 'vidimus'
 *
 * const outcome = validate({ chain: pem, caBundle: rootsPem, hostname: 'api.example.test', time: '2026-11-24T12:00:00Z' })
 * if (outcome.kind === 'verdict') console.log(outcome.verdict.valid, outcome.verdict.errors)
 * ```
 */

import { constrain } from './core/constraints/apply.ts'
import type { ConstraintsDocument, ConstraintsFault } from './core/constraints/document.ts'
import { readConstraints } from './core/constraints/read.ts'
import { type AnchorsRead, readAnchors } from './core/decode/input/read-anchors.ts'
import { trustStore } from './core/decode/input/trust-store.ts'
import { defaultLimits, type Limits } from './core/model/limits.ts'
import type { SecurityLevel } from './core/model/options.ts'
import type { Outcome, ValidationRequest } from './core/model/request.ts'
import type { TrustStore } from './core/model/trust-store.ts'
import { validate as validateInCore } from './core/validate.ts'

/** What `POST /validate` takes, but that the time of validation has to be named, since the library has no clock. */
export interface TimedRequest extends Omit<ValidationRequest, 'trustStores' | 'preset' | 'audience'> {
  /** RFC 3339. */
  readonly time: string
}

/** What the service would bring from its configuration. */
export interface ValidateSettings {
  /** Trust anchors beside the `caBundle` of the request, in order of preference: see `createTrustStore`. */
  readonly stores?: readonly TrustStore[]
  /** Where the request names none; 2 by default, as in the service. */
  readonly securityLevel?: SecurityLevel
  readonly limits?: Partial<Limits>
  /** Objects in a request; 2,000 by default. */
  readonly maxCertificates?: number
}

/**
 * Validates the first certificate of `request.chain` by RFC 5280: a verdict with every reason for it, or a refusal of a
 * request that cannot be judged. It throws for neither.
 */
export const validate = (request: TimedRequest, settings: ValidateSettings = {}): Outcome =>
  validateInCore(request, settings.stores ?? [], {
    now: 0,
    securityLevel: settings.securityLevel ?? 2,
    limits: { ...defaultLimits, ...settings.limits },
    maxCertificates: settings.maxCertificates ?? 2_000
  })

/** A trust store, and what of its material was not taken and why. */
export interface TrustStoreReading {
  /** Without anchors where the constraints have faults: an anchor that was to be limited is not trusted without limits. */
  readonly store: TrustStore
  readonly refused: AnchorsRead['refused']
  /** What is wrong with the constraints; empty where they were applied. */
  readonly constraintsFaults: readonly ConstraintsFault[]
}

/**
 * Makes a trust store of a CA certificates file: PEM text, DER, or a CMS message, with CRLs or without. `constraints` limit
 * what its anchors are trusted for. Made once, it serves any number of validations.
 */
export const createTrustStore = (
  name: string,
  material: string | Uint8Array,
  constraints: ConstraintsDocument = {}
): TrustStoreReading => {
  const octets = typeof material === 'string' ? Buffer.from(material) : material
  const { anchors, crls, refused } = readAnchors(octets, `trustStore:${name}`)
  const read = readConstraints(constraints)
  const constrained = read.ok ? constrain(anchors, read.constraints) : { anchors: [], faults: read.faults }
  const trusted = constrained.faults.length === 0 ? constrained.anchors : []
  return {
    store: trustStore({ name, version: null, anchors: trusted, crls }),
    refused,
    constraintsFaults: constrained.faults
  }
}

export type { ConstraintsDocument, ConstraintsEntry, ConstraintsFault } from './core/constraints/document.ts'
export type { AnchorConstraints } from './core/model/anchor-constraints.ts'
export { type Code, codes } from './core/model/codes.ts'
export { defaultLimits, type Limits } from './core/model/limits.ts'
export type { Material, Outcome, Refusal, RefusalError } from './core/model/request.ts'
export type { TrustAnchor, TrustStore } from './core/model/trust-store.ts'
export type { PathEntry, Verdict, VerdictFinding } from './core/model/verdict.ts'
