import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Decoded } from '../../core/decode/der/der.ts'

export interface FoundAddress {
  readonly address: string
  readonly family: number
}

/** The addresses of a name, as the system knows it. Takes at most so many milliseconds; `reason` goes on after the name. */
export type LookUp = (host: string, ms: number) => Promise<Decoded<readonly FoundAddress[]>>

/** What look-up-process.ts writes. */
interface Told {
  readonly addresses?: readonly FoundAddress[]
  readonly code?: string
}

/**
 * Looks names up in a process of its own, which `program` is. The system's resolver takes a thread for as long as a name server likes, and
 * cannot be stopped: names that come after would wait for that thread, and this process, too, before it could end.
 */
export const lookUpBy =
  (program: URL): LookUp =>
  (host, ms) => {
    const { promise, resolve } = Promise.withResolvers<Decoded<readonly FoundAddress[]>>()
    const cannot = (why: string): void => resolve({ ok: false, reason: `cannot be reached (${why})` })
    // What NODE_OPTIONS has others load may write what it likes.
    const { NODE_OPTIONS: _, ...env } = process.env
    const bounds = { timeout: Math.ceil(ms), killSignal: 'SIGKILL', env } as const
    execFile(process.execPath, [fileURLToPath(program), host], bounds, (error, output) => {
      if (error?.killed === true) return cannot('ETIMEDOUT: its name was not looked up in time')
      if (error !== null) return cannot(`its name could not be looked up: ${error.code ?? error.signal}`)
      const { addresses, code }: Told = JSON.parse(output)
      if (addresses === undefined) return cannot(code ?? 'for an unknown reason')
      resolve({ ok: true, value: addresses })
    })
    return promise
  }
