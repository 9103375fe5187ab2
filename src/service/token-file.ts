import { readFileSync, statSync } from 'node:fs'
import { type AdminToken, linedTokens } from './admin-tokens.ts'

/** Tokens of a file, as it is now. */
export interface TokenFile {
  tokens(): readonly AdminToken[]
  /** Reads the file at the next question, changed or not. */
  reload(): void
}

const maxBytes = 1_048_576

/**
 * Looks at the file whenever somebody wants to change something, and reads it where it is another than before: a token
 * that was added or taken away counts from the next request on. Where the file cannot be read, there are no tokens.
 *
 * `report` gets a sentence for each fault, once for each state of the file; never a token.
 */
export const tokenFile = (path: string, report: (fault: string) => void): TokenFile => {
  let seen: string | undefined
  let tokens: readonly AdminToken[] = []
  return {
    tokens: () => {
      const state = stateOf(path)
      if (state === seen) return tokens
      seen = state
      const read = readTokenFile(path)
      tokens = read.tokens
      for (const fault of read.faults) report(fault)
      return tokens
    },
    reload: () => {
      seen = undefined
    }
  }
}

/** What the file says now; that it cannot be read is a fault as well. */
export const readTokenFile = (path: string): ReturnType<typeof linedTokens> => {
  try {
    const { size } = statSync(path)
    if (size > maxBytes) return unreadable(path, `it has ${size} bytes, more than ${maxBytes}`)
    const { tokens, faults } = linedTokens(readFileSync(path, 'utf8'))
    return { tokens, faults: faults.map((fault) => `${path}: ${fault}`) }
  } catch (error) {
    return unreadable(path, error instanceof Error && 'code' in error ? String(error.code) : 'of an unknown reason')
  }
}

const unreadable = (path: string, reason: string): ReturnType<typeof linedTokens> => ({
  tokens: [],
  faults: [`${path} cannot be read: ${reason}`]
})

/** What tells one state of a file from another; a link is followed, as mounted secrets are swapped by one. */
const stateOf = (path: string): string => {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true })
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`
  } catch {
    return 'unreadable'
  }
}
