import type { Certificate } from '../../core/model/certificate.ts'
import type { SignatureOutcome, ValidationMemory } from '../../core/model/memory.ts'
import type { Signed } from '../../core/model/path.ts'
import type { PublicKey } from '../../core/model/public-key.ts'
import type { KeptCounts, MemoryCounts } from './kept.ts'
import { KeptCertificates } from './kept-certificates.ts'
import { KeptIssuers } from './kept-issuers.ts'

/** What part of its room is for the rests of chains. */
const partForIssuers = 8

/**
 * What the service remembers between validations: certificates, what was read of them, the signatures that were verified on them, and
 * what stands above the end entities of chains.
 *
 * A signature is remembered with the kept certificate that has it and the key object that it was held against. Neither ever
 * changes, and a kept certificate is found by the hash of all its octets: so nothing that went into an outcome (what is
 * signed, signature, algorithm, key) can be another the next time. Both are forgotten together.
 */
export class Memory implements ValidationMemory {
  readonly issuers: KeptIssuers
  readonly #certificates: KeptCertificates
  readonly #outcomes = new WeakMap<Signed, WeakMap<PublicKey, SignatureOutcome>>()
  #hits = 0
  #misses = 0

  /** `maxBytes` is for all that is kept. */
  constructor(maxBytes: number) {
    const forIssuers = Math.floor(maxBytes / partForIssuers)
    this.#certificates = new KeptCertificates(maxBytes - forIssuers)
    this.issuers = new KeptIssuers(forIssuers, (certificate) => this.#outcomes.has(certificate))
  }

  certificate(der: Uint8Array): Certificate | undefined {
    const got = this.#certificates.get(der)
    if (got?.kept === true && !this.#outcomes.has(got.certificate)) this.#outcomes.set(got.certificate, new WeakMap())
    return got?.certificate
  }

  signature(signed: Signed, key: PublicKey, find: () => SignatureOutcome): SignatureOutcome {
    const outcomes = this.#outcomes.get(signed)
    const known = outcomes?.get(key)
    if (known !== undefined) {
      this.#hits++
      return known
    }
    this.#misses++
    const found = find()
    outcomes?.set(key, found)
    return found
  }

  get counts(): {
    readonly certificates: KeptCounts
    readonly issuers: KeptCounts
    readonly signatures: MemoryCounts
  } {
    return {
      certificates: this.#certificates.counts,
      issuers: this.issuers.counts,
      signatures: { hits: this.#hits, misses: this.#misses }
    }
  }
}
