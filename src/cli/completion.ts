import { bashCompletion } from './completion-bash.ts'
import { fishCompletion } from './completion-fish.ts'
import { zshCompletion } from './completion-zsh.ts'
import { type Command, type Invocation, statuses, UsageError } from './option.ts'

/** Scripts that complete commands, options, operands and the values that are named in the table. */
const scripts: Readonly<Record<string, (commands: readonly Command[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion
}

export const runCompletion = async ({ operands }: Invocation, commands: readonly Command[]): Promise<number> => {
  const [shell = '', ...more] = operands
  const script = Object.hasOwn(scripts, shell) && more.length === 0 ? scripts[shell] : undefined
  if (script === undefined) throw new UsageError(`completion takes one of ${Object.keys(scripts).join(', ')}.`)
  process.stdout.write(script(commands))
  return statuses.valid
}
