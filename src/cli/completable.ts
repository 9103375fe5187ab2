import { allCodes } from '../core/model/code-entry.ts'
import type { CliOption, Command } from './option.ts'

/** What may stand in a place of a command line, as far as a shell can offer it. */
export type Completable =
  | { readonly kind: 'files' | 'hosts' | 'anything' | 'nothing' }
  | { readonly kind: 'words'; readonly words: readonly string[] }

const words = (...those: readonly string[]): Completable => ({ kind: 'words', words: those })

export const operandOf = ({ operands }: Command): Completable => {
  if (operands.includes('FILE')) return { kind: 'files' }
  if (operands.includes('HOST')) return { kind: 'hosts' }
  if (operands.includes('CODE')) return words(...allCodes)
  return operands === 'SHELL' ? words('bash', 'zsh', 'fish') : { kind: 'nothing' }
}

/** The value of an option; undefined for a switch. */
export const optionValue = ({ value, choices }: CliOption): Completable | undefined => {
  if (value === undefined) return undefined
  if (choices !== undefined) return words(...choices)
  return { kind: value === 'FILE' ? 'files' : 'anything' }
}
