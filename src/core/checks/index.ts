import { basicConstraints } from './basic-constraints.ts'
import type { Check } from './check.ts'
import { criticalExtensions } from './critical-extensions.ts'
import { distrust } from './distrust.ts'
import { form } from './form.ts'
import { identity } from './identity.ts'
import { issuanceRules } from './issuance-rules.ts'
import { keyUsage } from './key-usage.ts'
import { nameChaining } from './name-chaining.ts'
import { nameConstraints } from './name-constraints.ts'
import { pathLength } from './path-length.ts'
import { policies } from './policies.ts'
import { purpose } from './purpose.ts'
import { revocation } from './revocation.ts'
import { signatures } from './signatures.ts'
import { strength } from './strength.ts'
import { validity } from './validity.ts'
import { webpkiExtensions } from './webpki-extensions.ts'
import { webpkiNames } from './webpki-names.ts'

/**
 * Checks whose findings depend on one certificate, its role and the request alone: what fails there fails on every path.
 */
const ofCertificates: readonly Check[] = [
  form,
  validity,
  criticalExtensions,
  strength,
  issuanceRules,
  webpkiExtensions,
  webpkiNames,
  identity,
  basicConstraints
]

/** Checks whose findings depend on the path as a whole. */
const ofPaths: readonly Check[] = [
  nameChaining,
  signatures,
  pathLength,
  distrust,
  keyUsage,
  purpose,
  nameConstraints,
  policies,
  revocation
]

/** Every rule that a valid path keeps, in the order in which they are judged: the cheap and telling ones first. */
export const checks: readonly Check[] = [...ofCertificates, ...ofPaths]

/** The names of the checks that judge certificates one by one. */
export const certificateChecks: ReadonlySet<string> = new Set(ofCertificates.map(({ name }) => name))
