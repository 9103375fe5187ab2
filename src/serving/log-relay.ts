import type { Readable } from 'node:stream'

/** Milliseconds for which lines gather before they are passed on together. */
const gathering = 10
/** Characters of a line that is still being written; longer ones have no place in a log. */
const longestLine = 1_048_576

/**
 * Passes on the lines that a serving process writes, each whole: processes that wrote to one pipe themselves would write into each
 * other's lines, and a line that was begun when its process ended must not be the beginning of another's.
 */
export const relayLines = (from: Readable, write: (line: string) => void): void => {
  let begun = ''
  from.setEncoding('utf8')
  from.on('data', (text: string) => {
    const lines = `${begun}${text}`.split('\n')
    begun = lines.pop() ?? ''
    if (begun.length > longestLine) begun = ''
    for (const line of lines) write(`${line}\n`)
    from.pause()
    setTimeout(() => from.resume(), gathering)
  })
}
