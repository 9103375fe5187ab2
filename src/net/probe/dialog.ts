import type { Socket } from 'node:net'
import { printable } from '../../core/model/printable.ts'
import { ProbeFault } from './probe-fault.ts'

/** What a server may say in all before TLS: more than any greeting and list of abilities. */
const mostOctets = 65_536
const longestLine = 8_192

/** Talks with a server in the clear until TLS begins. Whoever waits is woken when the connection ends. */
export class Dialog {
  readonly #socket: Socket
  #pending = Buffer.alloc(0)
  #heard = 0

  constructor(socket: Socket) {
    this.#socket = socket
  }

  send(what: string | Uint8Array): void {
    this.#socket.write(what)
  }

  /** A line without its end. Throws a `ProbeFault`. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#pending.indexOf(0x0a)
      if (end > longestLine || (end < 0 && this.#pending.length > longestLine))
        throw new ProbeFault(`sends a line of more than ${longestLine} octets before TLS`)
      if (end >= 0) return textOf(this.#taken(end + 1))
      await this.#hear()
    }
  }

  /** So many octets. Throws a `ProbeFault`. */
  async octets(length: number): Promise<Uint8Array> {
    while (this.#pending.length < length) await this.#hear()
    return this.#taken(length)
  }

  /**
   * Nothing may have come after the last answer: the server has to wait for the client then. What somebody on the way has put there
   * would otherwise be taken for what came over TLS (CVE-2011-0411 and its like).
   */
  end(): void {
    if (this.#pending.length > 0) throw new ProbeFault('goes on in the clear after it agreed to TLS')
  }

  #taken(length: number): Buffer {
    const taken = this.#pending.subarray(0, length)
    this.#pending = this.#pending.subarray(length)
    return taken
  }

  async #hear(): Promise<void> {
    const socket = this.#socket
    for (;;) {
      const chunk: unknown = socket.read()
      if (Buffer.isBuffer(chunk)) {
        this.#heard += chunk.length
        if (this.#heard > mostOctets) throw new ProbeFault(`sends more than ${mostOctets} octets before TLS`)
        this.#pending = Buffer.concat([this.#pending, chunk])
        return
      }
      if (socket.readableEnded || socket.destroyed) throw new ProbeFault('ended the connection before TLS')
      await change(socket)
    }
  }
}

const changes = ['readable', 'end', 'close'] as const

/** Waits until there may be something to read, or no more will come. */
const change = async (socket: Socket): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const event of changes) socket.on(event, resolve)
  await promise
  for (const event of changes) socket.off(event, resolve)
}

const textOf = (octets: Buffer): string => octets.toString('latin1').trimEnd()

/** What a server said, quoted: it may be hostile. */
export const quoted = (text: string): string => JSON.stringify(printable(text))
