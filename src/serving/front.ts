import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { whenNoMoreCome } from '../last-connections.ts'

/** Connections that may wait while no process serves; what comes then is closed. */
const mostWaiting = 1_024

/** Takes connections and gives each, unread, to a process that serves. */
export class Front {
  readonly #servers: Server[] = []
  readonly #give: (connection: Socket) => boolean
  readonly #waiting: Socket[] = []
  #taken = 0
  #dropped = 0

  /** `give` is false where nobody serves at this moment. */
  constructor(give: (connection: Socket) => boolean) {
    this.#give = give
  }

  /** Connections that were closed because nobody served for too long. */
  get dropped(): number {
    return this.#dropped
  }

  /** Rejects where it cannot listen there. A name that stands for both address families of this machine is heard on both, as far as they are there. */
  async listen(host: string, port: number): Promise<AddressInfo | string | null> {
    const address = await this.#listenOn(host, port)
    if (host !== 'localhost' || address === null || typeof address === 'string') return address
    const other = address.family === 'IPv6' ? '127.0.0.1' : '::1'
    await this.#listenOn(other, address.port).catch(() => undefined)
    return address
  }

  /** Gives those that wait to processes that serve by now. */
  retry(): void {
    for (const connection of this.#waiting.splice(0)) this.take(connection)
  }

  take(connection: Socket): void {
    if (this.#give(connection)) return
    if (this.#waiting.length < mostWaiting) this.#waiting.push(connection)
    else {
      this.#dropped += 1
      connection.destroy()
    }
  }

  /** Resolves when no more connections have come for a moment, at the latest after so many milliseconds. */
  whenAllAreTaken(milliseconds: number): Promise<void> {
    return whenNoMoreCome(() => this.#taken, milliseconds)
  }

  close(): void {
    for (const server of this.#servers) server.close()
    for (const connection of this.#waiting.splice(0)) connection.destroy()
  }

  #listenOn(host: string, port: number): Promise<AddressInfo | string | null> {
    const server = createServer({ pauseOnConnect: true, noDelay: true }, (connection) => {
      this.#taken += 1
      // It may break before anybody looks at it.
      connection.on('error', () => undefined)
      this.take(connection)
    })
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host, port }, () => {
        server.off('error', reject)
        // As where a connection cannot be accepted for want of files: the next one may be.
        server.on('error', () => undefined)
        this.#servers.push(server)
        resolve(server.address())
      })
    })
  }
}
