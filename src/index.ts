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
  readonly store: TrustStore
  readonly refused: AnchorsRead['refused']
}

/**
 * Makes a trust store of a CA certificates file: PEM text, DER, or a certs-only CMS message. Made once, it serves any
 * number of validations.
 */
export const createTrustStore = (name: string, material: string | Uint8Array): TrustStoreReading => {
  const { certificates, refused } = readAnchors(typeof material === 'string' ? Buffer.from(material) : material)
  const anchors = certificates.map((certificate) => ({ certificate, source: `trustStore:${name}` }))
  return { store: trustStore({ name, version: null, anchors }), refused }
}

export { type Code, codes } from './core/model/codes.ts'
export { defaultLimits, type Limits } from './core/model/limits.ts'
export type { Material, Outcome, Refusal, RefusalError } from './core/model/request.ts'
export type { TrustStore } from './core/model/trust-store.ts'
export type { PathEntry, Verdict, VerdictFinding } from './core/model/verdict.ts'
