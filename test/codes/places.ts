import { type EvidenceServer, evidenceServer } from '../support/evidence-server.ts'

/** Where the cases have what they let the service fetch: an HTTP server, opened before them and closed behind them. */
class Places {
  #server: EvidenceServer | undefined

  async open(): Promise<void> {
    this.#server = await evidenceServer()
  }

  async close(): Promise<void> {
    await this.#server?.close()
  }

  /** Serves octets at a path, and gives the URL. */
  serve(path: string, octets: Uint8Array): string {
    if (this.#server === undefined) throw new Error('the server of the cases is not open')
    this.#server.files.set(path, octets)
    return `${this.#server.url}${path}`
  }

  /** A URL where there is nothing. */
  missing(path: string): string {
    if (this.#server === undefined) throw new Error('the server of the cases is not open')
    return `${this.#server.url}${path}`
  }
}

export const places = new Places()
