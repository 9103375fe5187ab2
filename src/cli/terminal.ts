/** How text is shown: with colours and lines drawn where a person looks on, plain where it goes into a pipe or a file. */
export interface Look {
  readonly drawn: boolean
  good(text: string): string
  bad(text: string): string
  doubtful(text: string): string
  faint(text: string): string
  strong(text: string): string
}

interface Surroundings {
  readonly isTerminal: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** https://no-color.org: any value but the empty one; a terminal that is called dumb draws nothing either. */
export const lookFor = ({ isTerminal, environment }: Surroundings): Look => {
  const noColor = environment['NO_COLOR']
  const dumb = environment['TERM'] === 'dumb'
  const coloured = isTerminal && !dumb && (noColor === undefined || noColor === '')
  const paint = (code: number) => (text: string) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text)
  return {
    drawn: isTerminal && !dumb,
    good: paint(32),
    bad: paint(31),
    doubtful: paint(33),
    faint: paint(2),
    strong: paint(1)
  }
}

export const outputLook = (): Look => lookFor({ isTerminal: process.stdout.isTTY === true, environment: process.env })

/** Shows how far long work is, on a terminal alone, in one line that is wiped at the end. */
export const progress = (total: number): { step(what: string): void; done(): void } => {
  const shown = process.stderr.isTTY === true && total > 1
  let count = 0
  return {
    step: (what) => {
      count += 1
      if (shown) process.stderr.write(`\r\u001b[K${count}/${total} ${what.slice(0, 60)}`)
    },
    done: () => {
      if (shown) process.stderr.write('\r\u001b[K')
    }
  }
}
