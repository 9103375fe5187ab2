import { Connection } from './connection.ts'
import type { Expectation, RequestSource } from './workloads/workload.ts'

export interface Load {
  readonly port: number
  readonly requests: RequestSource
  readonly from: number
  readonly to: number
  /** Undefined for a server that judges nothing. */
  readonly expects: Expectation | undefined
  /** `usualConnections`, where it is left out. */
  readonly connections?: number
  /** Ends it before its time. */
  readonly until?: AbortSignal
}

/** Those of a load that asks for no other number. */
export const usualConnections = 8

/** Sends requests over kept connections, a few at a time, and holds every answer to what is expected. */
export const sendLoad = async (load: Load): Promise<void> => {
  const { port, requests, from, to, expects, connections = usualConnections, until } = load
  let next = from
  const work = async (): Promise<void> => {
    const connection = await Connection.open(port)
    try {
      while (next < to && until?.aborted !== true) {
        const answer = await connection.send(requests(next++))
        if (expects === undefined || (answer.status === expects.status && answer.body.includes(expects.text))) continue
        throw new Error(`Unexpected answer ${answer.status}: ${answer.body.slice(0, 1_000)}`)
      }
    } finally {
      connection.close()
    }
  }
  await Promise.all(Array.from({ length: Math.min(connections, to - from) }, work))
}
