import pg from 'pg'
import { clientOptions } from './connection.ts'

/** The channel on which changes of trust stores are told. */
export const channel = 'vidimus_trust_stores'

/** Milliseconds until a lost connection is made again: at first, and at most. */
const firstPause = 250
const longestPause = 5_000

/** A connection that hears of changes. It comes back by itself; that nothing is missed meanwhile is the poll's part. */
export class Listener {
  readonly #url: string
  readonly #heard: () => void
  #client: pg.Client | undefined
  #timer: NodeJS.Timeout | undefined
  #pause = firstPause
  #ended = false

  constructor(url: string, heard: () => void) {
    this.#url = url
    this.#heard = heard
  }

  async start(): Promise<void> {
    if (this.#ended) return
    let client: pg.Client | undefined
    try {
      client = new pg.Client(clientOptions(this.#url))
      this.#client = client
      client.on('notification', this.#heard)
      // It ends after an error, too; without a listener the error would end the process.
      client.on('error', () => undefined)
      client.once('end', () => this.#lost(client))
      await client.connect()
      await client.query(`LISTEN ${channel}`)
      this.#pause = firstPause
      this.#heard()
    } catch {
      // What is wrong is said by those who read and write.
      this.#lost(client)
    }
  }

  async end(): Promise<void> {
    this.#ended = true
    clearTimeout(this.#timer)
    await this.#client?.end().catch(() => undefined)
  }

  /** The end of a connection that was given up is no news. */
  #lost(client: pg.Client | undefined): void {
    if (this.#ended || client !== this.#client) return
    this.#client = undefined
    client?.end().catch(() => undefined)
    this.#timer = setTimeout(() => void this.start(), this.#pause * (0.5 + Math.random() / 2))
    this.#timer.unref()
    this.#pause = Math.min(longestPause, this.#pause * 2)
  }
}
