import { version } from '../version.ts'
import { invocationOf } from './arguments.ts'
import { commands } from './commands.ts'
import { commandHelp } from './help.ts'
import { InputError, statuses, UsageError } from './option.ts'

/** Runs a command and gives the exit status. What is expected to go wrong is said in a sentence on standard error. */
export const runCommand = async (args: readonly string[]): Promise<number> => {
  // Whoever reads a list no further, as head does, closes the pipe: there is nothing left to do then.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? 0 : statuses.failure)
  )
  try {
    return await run(args)
  } catch (error) {
    if (error instanceof UsageError) return say(`${error.message}\n`, statuses.usage)
    if (error instanceof InputError) return say(`${error.message}\n`, statuses.noInput)
    throw error
  }
}

const run = async ([name = '', ...rest]: readonly string[]): Promise<number> => {
  if (name === '--version') {
    process.stdout.write(`${version}\n`)
    return statuses.valid
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const [{ wholeHelp }, { describeConfig }] = await Promise.all([import('./help.ts'), import('../service/config.ts')])
    process.stdout.write(wholeHelp(commands, describeConfig()))
    return statuses.valid
  }
  const command = commands.find((each) => each.name === name)
  if (command === undefined)
    throw new UsageError(`There is no command ${JSON.stringify(name)}; vidimus --help lists those that there are.`)
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(commandHelp(command))
    return statuses.valid
  }
  return command.run(invocationOf(command, rest))
}

const say = (text: string, status: number): number => {
  process.stderr.write(`vidimus: ${text}`)
  return status
}
