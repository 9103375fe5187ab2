import { type Completable, operandOf, optionValue } from './completable.ts'
import type { CliOption, Command } from './option.ts'

export const fishCompletion = (commands: readonly Command[]): string =>
  [
    'complete -c vidimus -n __fish_use_subcommand -f',
    ...commands.map(
      ({ name, summary }) => `complete -c vidimus -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`
    ),
    "complete -c vidimus -l help -d 'Print the help.'",
    "complete -c vidimus -n __fish_use_subcommand -l version -d 'Print the version.'",
    ...commands.flatMap((command) => [
      ...operandLines(command),
      ...command.options.map((option) => optionLine(command.name, option))
    ]),
    ''
  ].join('\n')

const within = (command: string): string => `complete -c vidimus -n '__fish_seen_subcommand_from ${command}'`

const operandLines = (command: Command): readonly string[] => {
  const operand = operandOf(command)
  return operand.kind === 'files' ? [] : [`${within(command.name)} -f${offered(operand)}`]
}

const optionLine = (command: string, option: CliOption): string => {
  const { name, short, text } = option
  const place = optionValue(option)
  return [
    `${within(command)} -l ${name}`,
    ...(short === undefined ? [] : [`-s ${short}`]),
    ...(place === undefined ? [] : [place.kind === 'files' ? '-r -F' : `-x${offered(place)}`]),
    `-d ${quoted(text)}`
  ].join(' ')
}

const offered = (place: Completable): string => {
  if (place.kind === 'hosts') return " -a '(__fish_print_hostnames)'"
  return place.kind === 'words' ? ` -a '${place.words.join(' ')}'` : ''
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
