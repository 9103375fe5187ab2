import type { Certificate } from '../../core/model/certificate.ts'
import type { IssuersMemory } from '../../core/model/memory.ts'
import type { TrustAnchor } from '../../core/model/trust-store.ts'
import { Kept, type KeptCounts } from './kept.ts'
import { bytesOfCertificate } from './kept-certificates.ts'

/** Characters of the longest text that is kept: some thirty certificates. */
const longest = 65_536

/** Certificates are reckoned once more than where they are kept, for they may be forgotten there. */
const bytesOf = (rest: string, certificates: readonly TrustAnchor[]): number =>
  certificates.reduce((sum, { certificate }) => sum + bytesOfCertificate(certificate.der), rest.length)

/**
 * What stands after the first certificate of chains, as it was sent: at most so many bytes of it, what was asked for last.
 *
 * One is kept when all certificates in it are kept, which came before then. Texts are told from others whole, never by a hash.
 */
export class KeptIssuers implements IssuersMemory {
  readonly #maxBytes: number
  readonly #kept: Kept<readonly TrustAnchor[]>
  readonly #isKept: (certificate: Certificate) => boolean

  constructor(maxBytes: number, isKept: (certificate: Certificate) => boolean) {
    this.#maxBytes = maxBytes
    this.#kept = new Kept(maxBytes)
    this.#isKept = isKept
  }

  get(rest: string): readonly TrustAnchor[] | undefined {
    return rest.length > longest ? undefined : this.#kept.get(rest)
  }

  takes(rest: string, certificates: readonly TrustAnchor[]): boolean {
    return (
      rest.length <= longest &&
      bytesOf(rest, certificates) <= this.#maxBytes &&
      certificates.every(({ certificate }) => this.#isKept(certificate))
    )
  }

  set(rest: string, certificates: readonly TrustAnchor[]): void {
    // A part of a text holds on to the whole of it, and a copy does not.
    const own = Buffer.from(rest, 'latin1').toString('latin1')
    this.#kept.set(own, certificates, bytesOf(own, certificates))
  }

  get counts(): KeptCounts {
    return this.#kept.counts
  }
}
