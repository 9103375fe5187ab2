/** What one validation may spend. Counts, not times, so that the same request always gets the same answer. */
export interface Limits {
  /** Certificates in a path, target and trust anchor included. */
  readonly pathDepth: number
  /** Certificates tried in all while paths are built. */
  readonly buildingSteps: number
  /** Candidate paths judged; one of more than 32 KiB counts as several. */
  readonly candidatePaths: number
  /**
   * Signatures verified, of ordinary cost; what was verified once in a request is not counted again. Two more for each
   * certificate beyond sixteen.
   */
  readonly signatureChecks: number
  /** Names times constraints of one type, summed up. */
  readonly nameConstraintComparisons: number
  /** Nodes and edges of a policy graph. */
  readonly policyNodes: number
  /** Size of RSA keys: the cost of a verification grows with its square. */
  readonly rsaModulusBits: number
  /** Size of RSA public exponents: the cost grows with it as well. */
  readonly rsaExponentBits: number
  /** Levels of ASN.1 within each other, where a structure is read that may be nested: PKCS#7 in BER. */
  readonly asn1Depth: number
  /** Certificates that one OCSP response answers for. */
  readonly singleResponses: number
}

export type LimitName = keyof Limits

/** Limits that are used up, rather than held against one size. */
export type SpentLimit = Exclude<
  LimitName,
  'pathDepth' | 'rsaModulusBits' | 'rsaExponentBits' | 'asn1Depth' | 'singleResponses'
>

/** What a process that judges is held to, beside the limits of a validation. Told by whoever ended it, never by the core. */
export type ProcessLimitName = 'processMilliseconds' | 'processMebibytes' | 'processAttempts'

/**
 * For scale: rustls-webpki allows 100 signatures, 200,000 building steps and 250,000 comparisons, Go 100 signatures and
 * 250,000 comparisons, OpenSSL a depth of 100 and 1,048,576 comparisons, as BoringSSL does. Comparisons are counted as if each name
 * were compared with each constraint of its type, but made through an index, so a million of them cost little.
 */
export const defaultLimits: Limits = {
  pathDepth: 32,
  buildingSteps: 50_000,
  candidatePaths: 256,
  signatureChecks: 256,
  nameConstraintComparisons: 1_048_576,
  policyNodes: 10_000,
  rsaModulusBits: 8_192,
  rsaExponentBits: 33,
  asn1Depth: 64,
  singleResponses: 10_000
}

/** A limit was spent. Thrown, since all work of the validation stops there; `judge` and `build` turn it into a finding. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached'
  readonly limit: LimitName | ProcessLimitName
  readonly allowed: number

  constructor(limit: LimitName | ProcessLimitName, allowed: number) {
    super(`The limit ${limit} of ${allowed} was reached`)
    this.limit = limit
    this.allowed = allowed
  }
}

/** What may be done of each kind where others wait for it: about work, as limits are about the answer. */
export type Allowance = Readonly<Record<SpentLimit, number>>

/** There is more to do than is allowed here. Nothing below whoever gave the allowance may catch it, for it tells nothing of the answer. */
export class AllowanceSpent extends Error {
  override readonly name = 'AllowanceSpent'
}

const nothingSpent: Allowance = {
  buildingSteps: 0,
  candidatePaths: 0,
  signatureChecks: 0,
  nameConstraintComparisons: 0,
  policyNodes: 0
}

/** What is left of the limits in one validation, and of what may be done where it is judged. */
export class Budget {
  readonly limits: Limits
  readonly #allowance: Allowance | undefined
  readonly #spent: Record<SpentLimit, number> = { ...nothingSpent }
  readonly #done: Record<SpentLimit, number> = { ...nothingSpent }

  constructor(limits: Limits, allowance?: Allowance) {
    this.limits = limits
    this.#allowance = allowance
  }

  /** Call before the work, never after it. Throws `LimitReached`, or `AllowanceSpent`. */
  spend(limit: SpentLimit, amount = 1): void {
    this.count(limit, amount)
    this.work(limit, amount)
  }

  /** Spends of the limit alone, for what may be remembered: no limit is met by one request and not by the next. */
  count(limit: SpentLimit, amount: number): void {
    this.#spent[limit] += amount
    if (this.#spent[limit] > this.limits[limit]) throw new LimitReached(limit, this.limits[limit])
  }

  /** Spends of the allowance alone, for what was counted and has to be done after all. */
  work(limit: SpentLimit, amount: number): void {
    if (this.#allowance === undefined) return
    this.#done[limit] += amount
    if (this.#done[limit] > this.#allowance[limit]) throw new AllowanceSpent(`More than is allowed here: ${limit}`)
  }

  /** Another one of the same limits and allowance, of which nothing is spent. */
  renewed(): Budget {
    return new Budget(this.limits, this.#allowance)
  }
}
