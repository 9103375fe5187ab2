import { version } from '../version.ts'
import { type CliOption, type Command, statuses } from './option.ts'

/** The manual page in the macros of man(7), made of the same table as the help. */
export const manPage = (commands: readonly Command[]): string =>
  [
    `.TH VIDIMUS 1 "" "vidimus ${version}"`,
    '.SH NAME',
    'vidimus \\- validate X.509 certificate chains',
    '.SH SYNOPSIS',
    '.B vidimus',
    '[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR] [\\fIOPERAND\\fR...]',
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH EXIT STATUS',
    ...exitStatuses.flatMap(([status, text]) => ['.TP', `.B ${status}`, escaped(text)]),
    '.SH ENVIRONMENT',
    '.TP',
    '.B NO_COLOR',
    'Without colours, where it is set to anything.',
    '.PP',
    'Variables that configure the service are listed by \\fBvidimus \\-\\-help\\fR.',
    ''
  ].join('\n')

export const exitStatuses = [
  [statuses.valid, 'All is valid, or was done.'],
  [statuses.invalid, 'Something is not valid.'],
  [
    statuses.unknown,
    'Something cannot be told: evidence is missing, a limit was reached, or it cannot be read as a certificate.'
  ],
  [statuses.usage, 'The command was called in a way that it does not take.'],
  [statuses.noInput, 'A file or a peer cannot be read.'],
  [statuses.failure, 'vidimus itself has failed.']
] as const

export const runMan = async (commands: readonly Command[]): Promise<number> => {
  process.stdout.write(manPage(commands))
  return statuses.valid
}

const commandLines = ({ name, operands, summary, text, options }: Command): readonly string[] => [
  `.SS ${[name, operands].join(' ').trim()}`,
  escaped(`${summary} ${text}`),
  ...options.flatMap(optionLines)
]

const optionLines = ({ name, short, value, text, choices }: CliOption): readonly string[] => {
  const names = [...(short === undefined ? [] : [`-${short}`]), `--${name}`].map(escaped).join(', ')
  const among = choices === undefined ? '' : ` One of ${choices.join(', ')}.`
  return ['.TP', `.B ${names}${value === undefined ? '' : ` \\fI${escaped(value)}\\fR`}`, escaped(text + among)]
}

/** A backslash, a hyphen and a control character at the start of a line mean something to roff. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('’', '\\(cq')
    .replace(/^(?=[.'])/, '\\&')
