import { type Completable, operandOf, optionValue } from './completable.ts'
import type { CliOption, Command } from './option.ts'

/** A function for a folder of `fpath`, or to be sourced after `compinit`. */
export const zshCompletion = (commands: readonly Command[]): string =>
  [
    '#compdef vidimus',
    '_vidimus() {',
    '  if (( CURRENT == 2 )); then',
    '    local -a commands=(',
    ...commands.map(({ name, summary }) => `      ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`),
    '    )',
    '    _describe -t commands command commands -- && return',
    "    _arguments '--help[Print the help.]' '--version[Print the version.]'",
    '    return',
    '  fi',
    '  shift words',
    '  (( CURRENT -= 1 ))',
    '  case $words[1] in',
    ...commands.map(commandLine),
    '  esac',
    '}',
    // Called by the completion system itself, the first time, where it was autoloaded.
    'if [[ $funcstack[1] == _vidimus ]]; then _vidimus "$@"; else compdef _vidimus vidimus; fi',
    ''
  ].join('\n')

const commandLine = (command: Command): string => {
  const operand = operandOf(command)
  const specs = [
    ...command.options.map(optionSpec),
    quoted('--help[Print the help.]'),
    ...(operand.kind === 'nothing' ? [] : [quoted(`*:${described(command.operands)}:${actionOf(operand)}`)])
  ]
  return `    ${command.name}) _arguments -s ${specs.join(' ')} ;;`
}

const optionSpec = (option: CliOption): string => {
  const { name, short, value, multiple = false, text } = option
  const place = optionValue(option)
  const rest = `[${described(text)}]${place === undefined ? '' : `:${value}:${actionOf(place)}`}`
  // With the sign a value may stand in the same word or in the next.
  const long = `--${name}${place === undefined ? '' : '='}`
  if (short === undefined) return quoted(`${multiple ? '*' : ''}${long}${rest}`)
  const either = multiple ? '*' : `(--${name} -${short})`
  return [long, `-${short}`].map((each) => quoted(`${either}${each}${rest}`)).join(' ')
}

const actionOf = (place: Completable): string => {
  switch (place.kind) {
    case 'files':
      return '_files'
    case 'hosts':
      return '_hosts'
    case 'words':
      return `(${place.words.join(' ')})`
    default:
      return ' '
  }
}

/** Brackets and colons part what _arguments is told. */
const described = (text: string): string => text.replaceAll(/[[\]:\\]/g, '\\$&')

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
