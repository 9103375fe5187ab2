import type { CliOption, Command } from './option.ts'

export const optionName = ({ name, short, value }: CliOption): string =>
  `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`

/** The help of one command. */
export const commandHelp = ({ name, operands, summary, text, options }: Command): string => {
  const usage = ['Usage: vidimus', name, ...(options.length === 0 ? [] : ['[OPTIONS]']), operands].join(' ').trim()
  const lines = options.flatMap((option) => [
    `  ${optionName(option)}`,
    `      ${option.text}${option.multiple === true ? ' It may be given several times.' : ''}`
  ])
  return [usage, '', summary, text, ...(lines.length === 0 ? [] : ['', 'Options:', ...lines]), ''].join('\n')
}

/** The help of all: the commands, and the variables that configure the service. */
export const wholeHelp = (commands: readonly Command[], configuration: string): string =>
  [
    'Usage: vidimus [COMMAND] [--help | --version]',
    '',
    'Validates X.509 certificate chains, as a service over HTTP or on the command line. The commands, each of which has',
    'a --help of its own:',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(11)}${summary}`),
    '',
    'The service is configured by variables of the environment:',
    '',
    configuration,
    ''
  ].join('\n')
