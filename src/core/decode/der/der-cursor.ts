import { type Element, Malformed } from './der.ts'

/**
 * The element that is looked at, one after another, in one object that moves: for lists of a million elements, where
 * `DerReader` would make an object of each. It is as strict as that.
 */
export class DerCursor implements Element {
  readonly bytes: Uint8Array
  tag = 0
  start = 0
  content = 0
  end = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** Moves to the element that starts at `at` and must end by `limit`. */
  moveTo(at: number, limit: number): void {
    const { bytes } = this
    if (limit - at < 2) throw new Malformed('it is cut short')
    const tag = bytes[at] ?? 0
    if ((tag & 0x1f) === 0x1f) throw new Malformed('it has a tag number that no field has')
    let length = bytes[at + 1] ?? 0
    let content = at + 2
    if (length >= 0x80) {
      const octets = length & 0x7f
      if (octets === 0) throw new Malformed('it has an indefinite length, which DER does not allow')
      if (octets > 4) throw new Malformed('it has a length of more than four octets')
      if (octets > limit - content) throw new Malformed('it is cut short')
      length = 0
      for (let i = 0; i < octets; i++) length = length * 256 + (bytes[content + i] ?? 0)
      if (length < 0x80 || (octets > 1 && bytes[content] === 0))
        throw new Malformed('it has a length that is not minimal')
      content += octets
    }
    if (length > limit - content) throw new Malformed('a length in it leads beyond its end')
    this.tag = tag
    this.start = at
    this.content = content
    this.end = content + length
  }

  /** Moves as `moveTo` does, to an element that must have that tag. `what` is how messages call it. */
  expect(at: number, limit: number, tag: number, what: string): void {
    if (at >= limit) throw new Malformed(`it has no ${what}`)
    this.moveTo(at, limit)
    if (this.tag !== tag) throw new Malformed(`it has tag 0x${this.tag.toString(16)} in place of its ${what}`)
  }
}
