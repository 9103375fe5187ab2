import { type CliOption, type Command, type Invocation, statuses, UsageError } from './option.ts'

/** Scripts that complete commands, options and the values that are named in the table. */
const scripts: Readonly<Record<string, (commands: readonly Command[]) => string>> = {
  bash: (commands) => bash(commands),
  zsh: (commands) => `#compdef vidimus\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`,
  fish: (commands) => fish(commands)
}

export const runCompletion = async ({ operands }: Invocation, commands: readonly Command[]): Promise<number> => {
  const [shell = '', ...more] = operands
  const script = Object.hasOwn(scripts, shell) && more.length === 0 ? scripts[shell] : undefined
  if (script === undefined) throw new UsageError(`completion takes one of ${Object.keys(scripts).join(', ')}.`)
  process.stdout.write(script(commands))
  return statuses.valid
}

/** An expansion by the shell. */
const shell = (expression: string): string => `$\{${expression}}`

const bash = (commands: readonly Command[]): string =>
  [
    '_vidimus() {',
    `  local word=${shell('COMP_WORDS[COMP_CWORD]')} before=${shell('COMP_WORDS[COMP_CWORD-1]')} words=""`,
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words="${[...commands.map(({ name }) => name), '--help', '--version'].join(' ')}"`,
    '  else',
    `    case "${shell('COMP_WORDS[1]')} $before" in`,
    ...commands.flatMap(({ name, options }) => options.flatMap((option) => bashValues(name, option))),
    ...operandChoices.map(([name, values]) => `      "${name} ${name}") words="${values.join(' ')}" ;;`),
    `      *) case "${shell('COMP_WORDS[1]')}" in`,
    ...commands.map(
      ({ name, options }) =>
        `        ${name}) words="${[...options.map((option) => `--${option.name}`), '--help'].join(' ')}" ;;`
    ),
    '      esac ;;',
    '    esac',
    '  fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    '}',
    'complete -o default -F _vidimus vidimus',
    ''
  ].join('\n')

const operandChoices = [['completion', ['bash', 'zsh', 'fish']]] as const

/** Nothing is offered where a file or a text follows, so that the shell offers files. */
const bashValues = (command: string, { name, value, choices }: CliOption): readonly string[] =>
  value === undefined ? [] : [`      "${command} --${name}") words="${(choices ?? []).join(' ')}" ;;`]

const fish = (commands: readonly Command[]): string =>
  [
    ...commands.map(
      ({ name, summary }) => `complete -c vidimus -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`
    ),
    ...commands.flatMap(({ name, options }) => options.map((option) => fishOption(name, option))),
    ...operandChoices.map(
      ([name, values]) => `complete -c vidimus -n '__fish_seen_subcommand_from ${name}' -f -a '${values.join(' ')}'`
    ),
    ''
  ].join('\n')

const fishOption = (command: string, { name, short, value, choices, text }: CliOption): string =>
  [
    `complete -c vidimus -n '__fish_seen_subcommand_from ${command}' -l ${name}`,
    ...(short === undefined ? [] : [`-s ${short}`]),
    ...(value === undefined ? [] : ['-r']),
    ...(choices === undefined ? [] : [`-f -a '${choices.join(' ')}'`]),
    `-d ${quoted(text)}`
  ].join(' ')

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
