import { type Fault, fault } from '../../model/finding.ts'
import { attempt } from '../der/der.ts'

/** What is read of one object, lazily: each field once, and what is wrong with it noted once. */
export class Reading {
  readonly faults: Fault[] = []
  readonly oddities: Fault[] = []
  readonly #memory = new Map<string, unknown>()

  once<T>(field: string, read: () => T): T {
    if (this.#memory.has(field)) return this.#memory.get(field) as T
    const value = read()
    this.#memory.set(field, value)
    return value
  }

  /** Runs a decoder; what is malformed becomes a fault, of the whole certificate unless `faultOf` says of what. */
  attempt<T>(decode: () => T, faultOf: (reason: string) => Fault = ofCertificate): T | undefined {
    const decoded = attempt(decode)
    if (decoded.ok) return decoded.value
    this.faults.push(faultOf(decoded.reason))
    return undefined
  }
}

const ofCertificate = (reason: string): Fault => fault('certificate-malformed', { reason })
