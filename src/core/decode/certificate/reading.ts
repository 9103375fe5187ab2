import type { Fault } from '../../model/finding.ts'
import { fault } from '../../model/finding.ts'
import { attempt } from '../der/der.ts'
import { placeCount } from './reading-order.ts'

interface Note {
  /** The place of the field that was being read. */
  readonly place: number
  readonly fault: Fault
}

const unread = Symbol('unread')
const nothingRead: readonly unknown[] = new Array(placeCount).fill(unread)

/**
 * What is read of one object, lazily: each field once, by its place in the order, and what is wrong with it noted once. Whatever is
 * asked for first, what was noted comes in that order: an object may be shared by those who ask for different things.
 */
export class Reading {
  readonly #values = [...nothingRead]
  readonly #faults: Note[] = []
  readonly #oddities: Note[] = []
  #place: number = placeCount

  isRead(place: number): boolean {
    return this.#values[place] !== unread
  }

  /** What was read already. */
  read<T>(place: number): T {
    return this.#values[place] as T
  }

  /** `read` is a method of `of`: what is asked for again and again makes no function each time. */
  once<T, O>(place: number, read: (this: O) => T, of: O): T {
    const known = this.#values[place]
    if (known !== unread) return known as T
    const outer = this.#place
    this.#place = place
    const value = read.call(of)
    this.#place = outer
    this.#values[place] = value
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
    this.#faults.push({ place: this.#place, fault: noted })
  }

  noteOddity(noted: Fault): void {
    this.#oddities.push({ place: this.#place, fault: noted })
  }

  /** What was noted, in order. Ask when all of the fields have been read. */
  get faults(): readonly Fault[] {
    return inOrder(this.#faults)
  }

  get oddities(): readonly Fault[] {
    return inOrder(this.#oddities)
  }
}

const inOrder = (notes: readonly Note[]): readonly Fault[] => {
  const sorted = notes.length < 2 ? notes : notes.toSorted((one, other) => one.place - other.place)
  return sorted.map((note) => note.fault)
}

const ofCertificate = (reason: string): Fault => fault('certificate-malformed', { reason })
