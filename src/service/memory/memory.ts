import type { Certificate } from '../../core/model/certificate.ts'
import type { SignatureOutcome, ValidationMemory } from '../../core/model/memory.ts'
import type { Signed } from '../../core/model/path.ts'
import type { PublicKey } from '../../core/model/public-key.ts'
import type { KeptCounts, MemoryCounts } from './kept.ts'
import { KeptCertificates } from './kept-certificates.ts'

/**
 * What the service remembers between validations: certificates, what was read of them, and the signatures that were
 * verified on them.
 *
 * A signature is remembered with the kept certificate that has it and the key object that it was held against. Neither ever
 * changes, and a kept certificate is found by the hash of all its octets: so nothing that went into an outcome (what is
 * signed, signature, algorithm, key) can be another the next time. Both are forgotten together.
 */
export class Memory implements ValidationMemory {
  readonly #certificates: KeptCertificates
  readonly #outcomes = new WeakMap<Signed, WeakMap<PublicKey, SignatureOutcome>>()
  #hits = 0
  #misses = 0

  /** `maxBytes` is for all that is kept. */
  constructor(maxBytes: number) {
    this.#certificates = new KeptCertificates(maxBytes)
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

  get counts(): { readonly certificates: KeptCounts; readonly signatures: MemoryCounts } {
    return {
      certificates: this.#certificates.counts,
      signatures: { hits: this.#hits, misses: this.#misses }
    }
  }
}
