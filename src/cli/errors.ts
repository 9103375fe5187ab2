import { allCodes, type CodeEntry, codeEntry, isCode, namesElsewhere } from '../core/model/code-entry.ts'
import { type Invocation, statuses, UsageError } from './option.ts'
import { folded, type Look, outputLook } from './terminal.ts'

/** Prints all there is to say of the codes that are named, or a line for each of all. */
export const runErrors = async ({ operands, given }: Invocation): Promise<number> => {
  const unknown = operands.find((text) => !isCode(text))
  if (unknown !== undefined)
    throw new UsageError(`There is no code ${JSON.stringify(unknown)}; vidimus errors lists those that there are.`)
  const named = operands.filter(isCode)
  const entries = (named.length > 0 ? named : allCodes).map(codeEntry)
  const look = outputLook()
  const textOf = named.length > 0 ? wholeText : titleText
  const texts = entries.map((entry) => (given.on('json') ? `${JSON.stringify(entry)}\n` : textOf(entry, look)))
  process.stdout.write(texts.join(given.on('json') || named.length === 0 ? '' : '\n'))
  return statuses.valid
}

const titleText = ({ code, title }: CodeEntry, look: Look): string => `${look.strong(code)}: ${title}\n`

const wholeText = (entry: CodeEntry, look: Look): string => {
  const { meaning, remedy, causes, check, reference, otherNames } = entry
  const told = causes.map((cause) => `- ${cause}`)
  const names = namesElsewhere(otherNames).map(([tool, name]) => `${tool}: ${name}`)
  return [
    ...folded(titleText(entry, look).trimEnd(), '', look),
    ...folded(meaning, '  ', look),
    ...section('What to do', [remedy], look),
    ...(told.length === 0 ? [] : section('How it comes about', told, look)),
    ...section('How to see it with OpenSSL', [], look),
    // Whole, to be copied.
    `    ${check.command}`,
    ...folded(`Look for: ${check.shows}`, '    ', look),
    ...section('The rule', [reference], look),
    ...(names.length === 0 ? [] : section('What others call it', names, look)),
    ''
  ].join('\n')
}

const section = (title: string, texts: readonly string[], look: Look): readonly string[] => [
  '',
  `  ${look.strong(title)}`,
  ...texts.flatMap((text) => folded(text, '    ', look))
]
