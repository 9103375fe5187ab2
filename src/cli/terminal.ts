import { stripVTControlCharacters } from 'node:util'

/** How text is shown: with colours and lines drawn where a person looks on, plain where it goes into a pipe or a file. */
export interface Look {
  readonly drawn: boolean
  /** Columns, where lines are folded by us and not by a terminal that knows no margins; undefined for whole lines. */
  readonly width: number | undefined
  good(text: string): string
  bad(text: string): string
  doubtful(text: string): string
  faint(text: string): string
  strong(text: string): string
}

/** Where there are fewer, margins leave no room for text. */
const leastColumns = 40

interface Surroundings {
  readonly isTerminal: boolean
  readonly columns?: number | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** https://no-color.org: any value but the empty one; a terminal that is called dumb draws nothing either. */
export const lookFor = ({ isTerminal, columns, environment }: Surroundings): Look => {
  const noColor = environment['NO_COLOR']
  const dumb = environment['TERM'] === 'dumb'
  const coloured = isTerminal && !dumb && (noColor === undefined || noColor === '')
  const paint = (code: number) => (text: string) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text)
  return {
    drawn: isTerminal && !dumb,
    width: isTerminal && !dumb && columns !== undefined && columns >= leastColumns ? columns : undefined,
    good: paint(32),
    bad: paint(31),
    doubtful: paint(33),
    faint: paint(2),
    strong: paint(1)
  }
}

export const outputLook = (): Look =>
  lookFor({ isTerminal: process.stdout.isTTY === true, columns: process.stdout.columns, environment: process.env })

/** A line in as many as the width asks for, each with the margin before it. */
export const folded = (text: string, margin: string, { width }: Look): readonly string[] => {
  if (width === undefined) return [`${margin}${text}`]
  const room = width - margin.length
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && shownLength(line) + 1 + shownLength(word) > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((each) => `${margin}${each}`)
}

/** Colours take no room. */
const shownLength = (text: string): number => [...stripVTControlCharacters(text)].length

/** Shows how far long work is, on a terminal alone, in one line that is wiped at the end. */
export const progress = (total: number): { step(what: string): void; done(): void } => {
  const shown = process.stderr.isTTY === true && total > 1
  let count = 0
  return {
    step: (what) => {
      count += 1
      // A line that is too long would be two, of which one is not wiped.
      if (shown)
        process.stderr.write(`\r\u001b[K${`${count}/${total} ${what}`.slice(0, (process.stderr.columns || 80) - 1)}`)
    },
    done: () => {
      if (shown) process.stderr.write('\r\u001b[K')
    }
  }
}
