import { Connection } from './connection.ts'
import type { Expectation, RequestSource } from './workloads/workload.ts'

export interface Load {
  readonly port: number
  readonly requests: RequestSource
  readonly from: number
  readonly to: number
  /** Undefined for a server that judges nothing. */
  readonly expects: Expectation | undefined
}

const connections = 8

/** Sends requests over kept connections, a few at a time, and holds every answer to what is expected. */
export const sendLoad = async ({ port, requests, from, to, expects }: Load): Promise<void> => {
  let next = from
  const work = async (): Promise<void> => {
    const connection = await Connection.open(port)
    try {
      while (next < to) {
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
