/** Parts a stream of octets into its lines, each JSON. A line that has come is given before the next is waited for. */
export async function* jsonLines<T>(body: ReadableStream<Uint8Array>): AsyncGenerator<T, undefined> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  /** What there is of a line that is not whole yet: joined once, so that a long line costs no more than its length. */
  let begun: string[] = []
  try {
    while (true) {
      const { done, value } = await reader.read()
      const [first = '', ...more] = decoder.decode(value, { stream: !done }).split('\n')
      begun.push(first)
      for (const next of more) {
        yield* parsed<T>(begun.join(''))
        begun = [next]
      }
      if (!done) continue
      yield* parsed<T>(begun.join(''))
      return undefined
    }
  } finally {
    // Whoever stops taking lines ends the request.
    await reader.cancel().catch(() => undefined)
  }
}

function* parsed<T>(line: string): Generator<T, undefined> {
  if (line.trim() !== '') yield JSON.parse(line)
  return undefined
}
