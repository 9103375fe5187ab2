import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { type RunningService, wholeLines } from './service.ts'

/** What came of a request on a connection of its own. */
export interface FreshAnswer {
  readonly status: number
  readonly body: string
}

/** Asks on a connection that nobody has used before, and nobody will, or on that of `agent`. */
export const askFresh = (
  { url }: Pick<RunningService, 'url'>,
  path: string,
  more: {
    readonly method?: string
    readonly body?: string
    readonly headers?: Readonly<Record<string, string>>
    /** In place of a connection of its own. */
    readonly agent?: Agent
  } = {}
): Promise<FreshAnswer> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body, agent = new Agent() } = more
    const asked = request(new URL(path, url), { agent, method, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('error', reject)
        .on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }))
    })
    asked.on('error', reject).end(body)
  })

/** The processes that a process has started and that are there still. */
export const childrenOf = (pid: number | undefined): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

export const isThere = (pid: number): boolean => {
  try {
    // A process that has ended, and that nobody has looked after, is there as a zombie.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** The processes that have logged a request with an id that begins so. */
export const processesThatServed = (service: RunningService, requestId: string): ReadonlySet<number> =>
  new Set(
    wholeLines(service.output())
      .filter((line) => line.includes(`"requestId":"${requestId}`))
      .map((line): number => JSON.parse(line).pid)
  )
