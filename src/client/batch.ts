import type { BatchAnswer, BatchLine, Operations } from '../../openapi/types.d.ts'
import type { CallOptions, Exchange } from './exchange.ts'
import { jsonLines } from './lines.ts'
import { unexpected } from './problem-error.ts'

export type BatchOptions = Operations['validateBatch']['query'] &
  CallOptions & {
    /**
     * Lines of a request. Without it they are all of one, which is answered while it is still sent; browsers cannot do that,
     * so there it is 100. Each such request takes so many lines, waits for them, and gives their answers.
     */
    readonly linesPerRequest?: number | undefined
  }

type Lines = Iterable<BatchLine> | AsyncIterable<BatchLine>

const headers = { 'content-type': 'application/x-ndjson', accept: 'application/x-ndjson, application/problem+json' }

/** Takes a line from `lines` only when there is room for it, and gives each answer as it comes. */
export async function* validateBatch(
  service: Exchange,
  lines: Lines,
  options: BatchOptions
): AsyncGenerator<BatchAnswer, undefined> {
  const { linesPerRequest = wholeRequests() ? undefined : 100 } = options
  const source = Symbol.asyncIterator in lines ? lines[Symbol.asyncIterator]() : lines[Symbol.iterator]()
  try {
    if (linesPerRequest === undefined) return yield* ofOneRequest(service, source, options)
    while (true) {
      const texts = await taken(source, Math.max(1, linesPerRequest))
      if (texts.length === 0) return undefined
      yield* answersTo(service, { body: texts.join('') }, options)
    }
  } finally {
    await source.return?.()
  }
}

/** Lines of one request that are not answered yet, or whose answers were not taken: buffers on the way hold far more of them. */
const mostUnderWay = 256

type Source = Iterator<BatchLine, unknown> | AsyncIterator<BatchLine, unknown>

/** Where `fetch` sends a stream, and gives the answer before that has ended. */
const wholeRequests = (): boolean => {
  const { process } = globalThis as { readonly process?: { readonly versions?: { readonly node?: string } } }
  return process?.versions?.node !== undefined
}

async function* ofOneRequest(
  service: Exchange,
  source: Source,
  options: BatchOptions
): AsyncGenerator<BatchAnswer, undefined> {
  const encoder = new TextEncoder()
  let failed: { readonly error: unknown } | undefined
  let underWay = 0
  let room: (() => void) | undefined
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          if (underWay >= mostUnderWay) await new Promise<void>((resolve) => (room = resolve))
          const { done, value } = await source.next()
          underWay++
          if (done === true) controller.close()
          else controller.enqueue(encoder.encode(textOf(value)))
        } catch (error) {
          failed = { error }
          controller.error(error)
        }
      }
    },
    { highWaterMark: 1 }
  )
  try {
    for await (const answer of answersTo(service, { body, duplex: 'half' }, options)) {
      yield answer
      underWay--
      room?.()
    }
    return undefined
  } catch (error) {
    // What `lines` threw ends the request, and is what the caller wants to see.
    throw failed === undefined ? error : failed.error
  }
}

const taken = async (source: Source, most: number): Promise<readonly string[]> => {
  const texts: string[] = []
  while (texts.length < most) {
    const { done, value } = await source.next()
    if (done === true) break
    texts.push(textOf(value))
  }
  return texts
}

const textOf = (line: BatchLine): string => `${JSON.stringify(line)}\n`

async function* answersTo(
  service: Exchange,
  init: Parameters<Exchange['send']>[1],
  { ordered, signal }: BatchOptions
): AsyncGenerator<BatchAnswer, undefined> {
  const query = ordered === undefined ? {} : { ordered }
  const response = await service.send('validateBatch', init, { query, headers, signal })
  if (response.body === null) throw unexpected(response, 'The answer has no lines.')
  return yield* jsonLines<BatchAnswer>(response.body)
}
