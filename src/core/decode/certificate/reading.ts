import type { Fault } from '../../model/finding.ts'
import { fault } from '../../model/finding.ts'
import { attempt } from '../der/der.ts'

interface Note {
  /** The field that was being read. */
  readonly field: string
  readonly fault: Fault
}

/**
 * What is read of one object, lazily: each field once, and what is wrong with it noted once. Whatever is asked for first,
 * what was noted comes in the same order: an object may be shared by those who ask for different things.
 */
export class Reading {
  readonly #memory = new Map<string, unknown>()
  readonly #faults: Note[] = []
  readonly #oddities: Note[] = []
  #field = ''

  once<T>(field: string, read: () => T): T {
    const known = this.#memory.get(field)
    if (known !== undefined || this.#memory.has(field)) return known as T
    const outer = this.#field
    this.#field = field
    const value = read()
    this.#field = outer
    this.#memory.set(field, value)
    return value
  }

  /** Runs a decoder; what is malformed becomes a fault, of the whole certificate unless `faultOf` says of what. */
  attempt<T>(decode: () => T, faultOf: (reason: string) => Fault = ofCertificate): T | undefined {
    const decoded = attempt(decode)
    if (decoded.ok) return decoded.value
    this.noteFault(faultOf(decoded.reason))
    return undefined
  }

  noteFault(noted: Fault): void {
    this.#faults.push({ field: this.#field, fault: noted })
  }

  noteOddity(noted: Fault): void {
    this.#oddities.push({ field: this.#field, fault: noted })
  }

  /** What was noted, by the order of the fields in `order`. Ask when all of them have been read. */
  faults(order: readonly string[]): readonly Fault[] {
    return inOrder(this.#faults, order)
  }

  oddities(order: readonly string[]): readonly Fault[] {
    return inOrder(this.#oddities, order)
  }
}

const inOrder = (notes: readonly Note[], order: readonly string[]): readonly Fault[] => {
  const sorted = notes.length < 2 ? notes : notes.toSorted((one, other) => place(one, order) - place(other, order))
  return sorted.map((note) => note.fault)
}

/** Fields that are not in the order come last. */
const place = ({ field }: Note, order: readonly string[]): number => {
  const at = order.indexOf(field)
  return at < 0 ? order.length : at
}

const ofCertificate = (reason: string): Fault => fault('certificate-malformed', { reason })
