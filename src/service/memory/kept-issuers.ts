import { hash } from 'node:crypto'
import type { Certificate } from '../../core/model/certificate.ts'
import type { IssuersMemory } from '../../core/model/memory.ts'
import type { TrustAnchor } from '../../core/model/trust-store.ts'
import { Kept, type KeptCounts } from './kept.ts'
import { bytesOfCertificate } from './kept-certificates.ts'
import { SeenBefore } from './seen-before.ts'

/** Characters of the longest text that is kept, some ten certificates: V8 tells longer ones in a map by their length alone. */
const longest = 16_000

/** What keeping one takes beside its certificates: its index by names, and the graph of them. */
const overhead = 4_096

/** Certificates are reckoned once more than where they are kept, for they may be forgotten there. */
const bytesOf = (rest: string, certificates: readonly TrustAnchor[]): number =>
  certificates.reduce((sum, { certificate }) => sum + bytesOfCertificate(certificate.der), overhead + rest.length)

/**
 * What stands after the first certificate of chains, as it was sent: at most so many bytes of it, what was asked for last.
 *
 * One is kept when it comes again with all certificates in it kept, which is the third time at the latest. Texts are told from others whole,
 * never by a hash.
 */
export class KeptIssuers implements IssuersMemory {
  readonly #maxBytes: number
  readonly #isKept: (certificate: Certificate) => boolean
  readonly #kept: Kept<readonly TrustAnchor[]>
  readonly #seen = new SeenBefore<string>()

  constructor(maxBytes: number, isKept: (certificate: Certificate) => boolean) {
    this.#maxBytes = maxBytes
    this.#isKept = isKept
    this.#kept = new Kept(maxBytes)
  }

  get(rest: string): readonly TrustAnchor[] | undefined {
    return rest.length > longest ? undefined : this.#kept.get(rest)
  }

  takes(rest: string, certificates: readonly TrustAnchor[]): boolean {
    return (
      rest.length <= longest &&
      bytesOf(rest, certificates) <= this.#maxBytes &&
      certificates.length > 0 &&
      certificates.every(({ certificate }) => this.#isKept(certificate)) &&
      this.#seen.test(hash('sha256', rest, 'base64'))
    )
  }

  set(rest: string, certificates: readonly TrustAnchor[]): void {
    // A part of a text holds on to the whole of it, and a copy does not. All of it is ASCII.
    const own = Buffer.from(rest, 'latin1').toString('latin1')
    this.#kept.set(own, certificates, bytesOf(own, certificates))
  }

  get counts(): KeptCounts {
    return this.#kept.counts
  }
}
