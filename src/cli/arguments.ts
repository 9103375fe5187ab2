import { parseArgs } from 'node:util'
import { type CliOption, type Command, type Invocation, UsageError } from './option.ts'

/** Reads what follows the name of a command. Throws a `UsageError`. */
export const invocationOf = (command: Command, args: readonly string[]): Invocation => {
  const { values, positionals } = parsed(command, args)
  const listed = (name: string): readonly string[] => [values[name]].flat().filter((value) => typeof value === 'string')
  for (const option of command.options) checkChoices(option, listed(option.name))
  if (positionals.length > 0 && command.operands === '')
    throw new UsageError(`${command.name} takes no operand such as ${JSON.stringify(positionals[0])}.`)
  return {
    operands: positionals,
    given: { text: (name) => listed(name).at(-1), list: listed, on: (name) => values[name] === true }
  }
}

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>

const parsed = (
  { options }: Command,
  args: readonly string[]
): { readonly values: Values; readonly positionals: readonly string[] } => {
  const config = Object.fromEntries(
    options.map(({ name, short, value, multiple = false }) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        multiple,
        ...(short === undefined ? {} : { short })
      }
    ])
  )
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: config,
      allowPositionals: true,
      strict: true
    })
    return { values, positionals }
  } catch (error) {
    // parseArgs says what is wrong in words for people.
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

const checkChoices = ({ name, choices }: CliOption, values: readonly string[]): void => {
  const wrong = choices && values.find((value) => !choices.includes(value))
  if (choices !== undefined && wrong !== undefined)
    throw new UsageError(`--${name} must be one of ${choices.join(', ')}, not ${JSON.stringify(wrong)}.`)
}
