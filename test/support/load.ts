import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { exampleRequest } from '#dist/http/schemas/example.js'

/** Whether the fault tests run at their full size (`npm run test:faults`), or small, as part of all tests. */
export const fullSize = process.env['VIDIMUS_FAULTS'] === 'full'

/** One figure of one size or the other. */
export const sized = (full: number, small: number): number => (fullSize ? full : small)

/** Tells what was seen. */
export const tell = (figures: string): void => {
  process.stderr.write(`Fault test, ${fullSize ? 'full' : 'small'}: ${figures}\n`)
}

export interface Asked {
  readonly outcome: string
  readonly milliseconds: number
}

const payload = JSON.stringify(exampleRequest)

/** Validates a chain once: the status, or the code of what went wrong. */
export const askOnce = (url: URL, agent: Agent, body = payload): Promise<Asked> =>
  new Promise((resolve) => {
    const start = performance.now()
    const done = (outcome: string): void => resolve({ outcome, milliseconds: performance.now() - start })
    const asked = request(new URL('/validate', url), { agent, method: 'POST' }, (answer) => {
      answer
        .on('end', () => done(String(answer.statusCode)))
        .on('error', () => done('cut off'))
        .resume()
    })
    asked.setHeader('content-type', 'application/json')
    asked.on('error', (error) => done('code' in error ? String(error.code) : error.message)).end(body)
  })

export interface Load {
  readonly outcomes: readonly string[]
  /** Milliseconds that all but one in a hundred requests took at most. */
  readonly p99: number
}

/** So many requests by so many clients at once, on connections that they keep. */
export const loadOf = async (url: URL, clients: number, requests: number): Promise<Load> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const all: Asked[] = []
  let left = requests
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      all.push(await askOnce(url, agent))
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  agent.destroy()
  const times = all.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  return {
    outcomes: [...new Set(all.map(({ outcome }) => outcome))].sort(),
    p99: times[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN
  }
}

/** Opens many connections, some hundred at a time, and writes the same text on each. */
export const openMany = async (url: URL, count: number, text: string): Promise<readonly Socket[]> => {
  const sockets: Socket[] = []
  while (sockets.length < count) {
    const group = Array.from({ length: Math.min(250, count - sockets.length) }, () =>
      connect(Number(url.port), url.hostname).on('error', () => undefined)
    )
    await Promise.all(group.map((socket) => once(socket, 'connect')))
    for (const socket of group) socket.write(text)
    sockets.push(...group)
  }
  return sockets
}

/** A value of `GET /metrics`. */
export const metricOf = async (url: URL, name: string): Promise<number> => {
  const text = await (await fetch(new URL('/metrics', url))).text()
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
}

export const mebibytes = (octets: number): string => `${Math.round(octets / 1_048_576)} MiB`
