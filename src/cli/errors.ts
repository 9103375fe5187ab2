import { type Code, codes, rowOf } from '../core/model/codes.ts'
import { type Invocation, statuses, UsageError } from './option.ts'
import { type Look, outputLook } from './terminal.ts'

const isCode = (text: string): text is Code => Object.hasOwn(codes, text)

/** Prints what the table of codes says of those that are named, or a line for each of all. */
export const runErrors = async ({ operands, given }: Invocation): Promise<number> => {
  const unknown = operands.find((text) => !isCode(text))
  if (unknown !== undefined)
    throw new UsageError(`There is no code ${JSON.stringify(unknown)}; vidimus errors lists those that there are.`)
  const named = operands.filter(isCode)
  const asked = named.length > 0 ? named : Object.keys(codes).filter(isCode)
  const look = outputLook()
  for (const code of asked) process.stdout.write(given.on('json') ? jsonOf(code) : textOf(code, named.length > 0, look))
  return statuses.valid
}

const jsonOf = (code: Code): string => {
  const { title, reference, remedy, openssl = [] } = rowOf(code)
  return `${JSON.stringify({ code, title, reference, remedy, openssl })}\n`
}

const textOf = (code: Code, whole: boolean, look: Look): string => {
  const { title, reference, remedy, openssl = [] } = rowOf(code)
  if (!whole) return `${look.strong(code)}: ${title}\n`
  const numbers = openssl.length === 0 ? [] : [`  In OpenSSL: error ${openssl.join(', ')}`]
  return [look.strong(code), `  ${title}.`, `  ${remedy}`, `  Rule: ${reference}`, ...numbers, ''].join('\n')
}
