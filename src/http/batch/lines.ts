import type { BodiesInFlight, Reservation } from '../body/bodies-in-flight.ts'
import { Problem } from '../problem.ts'

/** A line of a stream, which counts until it is released, or why it was not taken. */
export type Line =
  | { readonly kind: 'line'; readonly octets: Buffer; release(): void }
  | { readonly kind: 'refused'; readonly problem: Problem }

const lineFeed = 0x0a

/**
 * Cuts a stream into lines, without their ends, and gives those that each piece of the stream completes. Lines of white space are passed
 * over. It reads on only when it is asked for more, and what has come of a line counts in `inFlight`.
 */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
  inFlight: BodiesInFlight
): AsyncGenerator<readonly Line[], undefined> {
  let open = new OpenLine(maxBytes, inFlight.reserve())
  try {
    for await (const chunk of chunks) {
      const lines: Line[] = []
      let start = 0
      for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
        open.add(chunk.subarray(start, end))
        lines.push(...open.close())
        open = new OpenLine(maxBytes, inFlight.reserve())
        start = end + 1
      }
      open.add(chunk.subarray(start))
      if (lines.length > 0) yield lines
    }
    const last = open.close()
    if (last.length > 0) yield last
  } finally {
    open.drop()
  }
  return undefined
}

/** A line that is still coming. */
class OpenLine {
  readonly #maxBytes: number
  readonly #reservation: Reservation
  readonly #parts: Buffer[] = []
  #size = 0
  #problem: Problem | undefined
  #closed = false

  constructor(maxBytes: number, reservation: Reservation) {
    this.#maxBytes = maxBytes
    this.#reservation = reservation
  }

  add(part: Buffer): void {
    if (part.length === 0 || this.#problem !== undefined) return
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
  close(): readonly Line[] {
    this.#closed = true
    if (this.#problem !== undefined) return [{ kind: 'refused', problem: this.#problem }]
    // Most lines lie in one piece of the stream, which stays for as long as its lines are worked on in any case.
    const [only] = this.#parts
    const octets = this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts, this.#size)
    const release = (): void => this.#reservation.release()
    if (!isBlank(octets)) return [{ kind: 'line', octets, release }]
    release()
    return []
  }

  /** Gives back what counts of a line that nobody will get. */
  drop(): void {
    if (!this.#closed) this.#reservation.release()
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
