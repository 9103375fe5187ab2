import type { BodiesInFlight, Reservation } from '../body/bodies-in-flight.ts'
import { Problem } from '../problem.ts'

/** A line of a stream, which counts until it is released, or why it was not taken. */
export type Line =
  | { readonly kind: 'line'; readonly octets: Buffer; release(): void }
  | { readonly kind: 'refused'; readonly problem: Problem }

/** For a line that nobody will answer. */
export const releaseLine = (line: Line): void => {
  if (line.kind === 'line') line.release()
}

const lineFeed = 0x0a

/**
 * Cuts a stream into lines, without their ends, and gives those that each piece of it completes. Lines of white space are passed over.
 * What has come of a line counts in `inFlight`.
 */
export class LineCutter {
  readonly #maxBytes: number
  readonly #inFlight: BodiesInFlight
  /** A line of which only the beginning has come. */
  #open: OpenLine | undefined

  constructor(maxBytes: number, inFlight: BodiesInFlight) {
    this.#maxBytes = maxBytes
    this.#inFlight = inFlight
  }

  cut(piece: Buffer): readonly Line[] {
    const lines: Line[] = []
    let start = 0
    for (let end = piece.indexOf(lineFeed); end >= 0; end = piece.indexOf(lineFeed, start)) {
      this.#add(piece.subarray(start, end))
      const line = this.#close()
      if (line !== undefined) lines.push(line)
      start = end + 1
    }
    this.#add(piece.subarray(start))
    return lines
  }

  /** What came after the last line end, as a line. */
  end(): readonly Line[] {
    const line = this.#close()
    return line === undefined ? [] : [line]
  }

  /** Gives back what counts of a line that nobody will get. */
  drop(): void {
    this.#open?.drop()
    this.#open = undefined
  }

  #add(part: Buffer): void {
    if (part.length === 0) return
    this.#open ??= new OpenLine(this.#maxBytes, this.#inFlight.reserve())
    this.#open.add(part)
  }

  #close(): Line | undefined {
    const line = this.#open?.close()
    this.#open = undefined
    return line
  }
}

/** A line that is still coming. */
class OpenLine {
  readonly #maxBytes: number
  readonly #reservation: Reservation
  readonly #parts: Buffer[] = []
  #size = 0
  #problem: Problem | undefined

  constructor(maxBytes: number, reservation: Reservation) {
    this.#maxBytes = maxBytes
    this.#reservation = reservation
  }

  add(part: Buffer): void {
    if (this.#problem !== undefined) return
    this.#size += part.length
    if (this.#size > this.#maxBytes) {
      this.#refuse(new Problem('body-too-large', `A line may have ${this.#maxBytes} bytes at most.`))
      return
    }
    try {
      this.#reservation.add(part.length)
      this.#parts.push(part)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.#refuse(error)
    }
  }

  /** The line, or nothing where it is blank. */
  close(): Line | undefined {
    if (this.#problem !== undefined) return { kind: 'refused', problem: this.#problem }
    // Most lines lie in one piece of the stream, which stays for as long as its lines are worked on in any case.
    const [only] = this.#parts
    const octets = this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts, this.#size)
    const release = (): void => this.#reservation.release()
    if (!isBlank(octets)) return { kind: 'line', octets, release }
    release()
    return undefined
  }

  drop(): void {
    this.#reservation.release()
  }

  /** What has come is not kept, and what still comes of it is thrown away. */
  #refuse(problem: Problem): void {
    this.#problem = problem
    this.#parts.length = 0
    this.#reservation.release()
  }
}

/** JSON's white space (RFC 8259 §2), as a carriage return before the end of a line. */
const isBlank = (octets: Uint8Array): boolean => {
  for (const octet of octets) if (octet !== 0x20 && octet !== 0x09 && octet !== 0x0d) return false
  return true
}
