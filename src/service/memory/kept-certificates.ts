import { readCertificate } from '../../core/decode/certificate/certificate.ts'
import { fingerprintOf } from '../../core/decode/certificate/fingerprint.ts'
import type { Certificate } from '../../core/model/certificate.ts'
import { Kept, type KeptCounts } from './kept.ts'
import { SeenBefore } from './seen-before.ts'

/** Larger certificates are not kept: none in use is. */
const largest = 16_384

/**
 * The most that keeping a certificate takes, with all that may be read of it: one that is made of nothing but the shortest
 * names takes some 50 times its octets; those in use, of 1 to 2 KB, take 10 to 15 KB.
 */
export const bytesOfCertificate = (der: Uint8Array): number => 4_096 + 48 * der.length

/** 32 bits of a SHA-256: enough to tell what comes again, for to keep one that does not would be no fault. */
const markOf = (fingerprint: string): number => Number.parseInt(fingerprint.slice(0, 8), 16)

/**
 * Certificates that came before, by the SHA-256 of their DER, so that what was read of them need not be read again: at
 * most so many bytes of them, those that were asked for last.
 *
 * One is kept when it comes a second time. What comes once, as a flood of certificates made for the purpose, displaces
 * nothing. A kept certificate has octets of its own: it does not hold on to a whole request.
 */
export class KeptCertificates {
  readonly #kept: Kept<Certificate>
  readonly #seen = new SeenBefore<number>()

  constructor(maxBytes: number) {
    this.#kept = new Kept(maxBytes)
  }

  /** The certificate of these octets, and whether it is one that is kept; undefined where they are none. */
  get(der: Uint8Array): { readonly certificate: Certificate; readonly kept: boolean } | undefined {
    const fingerprint = fingerprintOf(der)
    const known = this.#kept.get(fingerprint)
    if (known !== undefined) return { certificate: known, kept: true }
    const keep = der.length <= largest && this.#seen.test(markOf(fingerprint))
    const read = readCertificate(keep ? Uint8Array.from(der) : der, fingerprint)
    if (!read.ok) return undefined
    if (keep) this.#kept.set(fingerprint, read.value, bytesOfCertificate(der))
    return { certificate: read.value, kept: keep }
  }

  get counts(): KeptCounts {
    return this.#kept.counts
  }
}
