/** An option of a command: what it is parsed, helped, completed and documented by. */
export interface CliOption {
  readonly name: string
  readonly short?: string
  /** What its value is called; without one it is a switch. */
  readonly value?: string
  /** Whether it may be given several times. */
  readonly multiple?: boolean
  /** What its value is one of. */
  readonly choices?: readonly string[]
  readonly text: string
}

/** Values by the names of options: texts, lists of them where an option may come again, and switches. */
export interface Given {
  text(name: string): string | undefined
  list(name: string): readonly string[]
  on(name: string): boolean
}

/** What a command is run with. */
export interface Invocation {
  readonly operands: readonly string[]
  readonly given: Given
}

export interface Command {
  readonly name: string
  /** What follows the options, as `FILE...`. */
  readonly operands: string
  readonly summary: string
  readonly text: string
  readonly options: readonly CliOption[]
  /** Gives the exit status. What it needs is imported only then, so that no command waits for another's. */
  readonly run: (invocation: Invocation) => Promise<number>
}

/** Exit statuses: those of a verdict, and of sysexits.h for what is no verdict. */
export const statuses = { valid: 0, invalid: 1, unknown: 2, usage: 64, noInput: 66, failure: 70 } as const

/** The command was called in a way that it does not take. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A file or a peer that cannot be read; the message is a sentence for people. */
export class InputError extends Error {
  override readonly name = 'InputError'
}
