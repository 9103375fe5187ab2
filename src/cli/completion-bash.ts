import { type Completable, operandOf, optionValue } from './completable.ts'
import type { Command } from './option.ts'

/** An expansion by the shell. */
const shell = (expression: string): string => `$\{${expression}}`

/** Where a text follows nothing is offered, so that the shell offers files: they do no harm there. */
export const bashCompletion = (commands: readonly Command[]): string =>
  [
    '_vidimus() {',
    `  local word=${shell('COMP_WORDS[COMP_CWORD]')} before=${shell('COMP_WORDS[COMP_CWORD-1]')} offer=""`,
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    offer='${[...commands.map(({ name }) => name), '--help', '--version'].join(' ')}'`,
    '  else',
    `    case "${shell('COMP_WORDS[1]')} $before" in`,
    ...commands.flatMap(valueLines),
    `      *) case "${shell('COMP_WORDS[1]')}" in`,
    ...commands.map(commandLine),
    '      esac ;;',
    '    esac',
    '  fi',
    '  COMPREPLY=($(compgen -W "$offer" -- "$word"))',
    ...hostLines(commands),
    '}',
    'complete -o default -F _vidimus vidimus',
    ''
  ].join('\n')

const wordsOf = (place: Completable): readonly string[] => (place.kind === 'words' ? place.words : [])

const valueLines = ({ name, options }: Command): readonly string[] =>
  options.flatMap((option) => {
    const value = optionValue(option)
    return value === undefined ? [] : [`      "${name} --${option.name}") offer='${wordsOf(value).join(' ')}' ;;`]
  })

/** Options only where one has been begun, so that files are offered elsewhere. */
const commandLine = (command: Command): string => {
  const options = [...command.options.map((option) => `--${option.name}`), '--help'].join(' ')
  const operands = wordsOf(operandOf(command)).join(' ')
  return `        ${command.name}) case "$word" in -*) offer='${options}' ;; *) offer='${operands}' ;; esac ;;`
}

const hostLines = (commands: readonly Command[]): readonly string[] =>
  commands
    .filter((command) => operandOf(command).kind === 'hosts')
    .map(
      ({ name }) =>
        `  case "${shell('COMP_WORDS[1]')} $before $word" in *" -"*) ;; ${name}*) COMPREPLY+=($(compgen -A hostname -- "$word")) ;; esac`
    )
