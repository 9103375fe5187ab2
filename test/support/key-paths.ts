import { createVerifier } from '#dist/core/match/key/signature.js'
import { statusBook } from '#dist/core/match/status/status-book.js'
import type { AlgorithmIdentifier, Certificate } from '#dist/core/model/certificate.js'
import { Budget, defaultLimits } from '#dist/core/model/limits.js'
import type { ValidationOptions } from '#dist/core/model/options.js'
import type { CandidatePath, CheckContext } from '#dist/core/model/path.js'
import type { PublicKey } from '#dist/core/model/public-key.js'
import { evidenceSigners } from '#dist/core/path/signers.js'

/** What the checks of keys and signatures read of a certificate. */
export interface KeyCertificate {
  readonly publicKey: PublicKey | undefined
  readonly signatureAlgorithm: AlgorithmIdentifier | undefined
  readonly signature?: Uint8Array | undefined
  readonly tbs?: Uint8Array
  readonly selfIssued?: boolean
}

const plain = (given: KeyCertificate): Certificate =>
  ({ selfIssued: false, tbs: new Uint8Array(), signature: new Uint8Array(), ...given }) as unknown as Certificate

/** A path of certificates as plain data, end-entity first. */
export const keyPath = (certificates: readonly KeyCertificate[], anchored = true): CandidatePath => ({
  entries: certificates.map((each, at) => ({ certificate: plain(each), source: `chain[${at}]` })),
  anchored
})

/** A context in which signatures are really verified. */
export const keyContext = (
  options: Partial<Pick<ValidationOptions, 'securityLevel' | 'profile'>> = {}
): CheckContext => {
  const budget = new Budget(defaultLimits)
  return {
    options: { securityLevel: 2, profile: 'rfc5280', ...options } as ValidationOptions,
    budget,
    crls: [],
    ocspResponses: [],
    certificates: [],
    signers: evidenceSigners([], []),
    statuses: statusBook(),
    verify: createVerifier(budget)
  }
}
