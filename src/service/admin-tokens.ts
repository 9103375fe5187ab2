import { createHash, timingSafeEqual } from 'node:crypto'

/** A token that may change trust stores. Only its hash is kept: what is not there cannot be shown by mistake. */
export interface AdminToken {
  /** Who changes something by it, as the audit records say. */
  readonly label: string
  /** SHA-256 of the token. */
  readonly hash: Uint8Array
}

/** What a list of tokens says; faults name the place of an entry and never its text. */
export interface TokensRead {
  readonly tokens: readonly AdminToken[]
  readonly faults: readonly string[]
}

/** Characters of a token: of 64 kinds each, as base64 makes them, 16 are 96 bits. */
const leastLength = 16
const mostLength = 1_024
const mostTokens = 100

/** RFC 6750 §2.1: `b64token`. */
const plainToken = /^[A-Za-z0-9._~+/-]+=*$/
const labelled = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})=(.*)$/

/**
 * Reads entries of the form `token` or `label=token`. The two cannot be mistaken for each other: in a token nothing but
 * more of them follows a `=`. A token without a label is called after its hash.
 */
export const readTokens = (entries: readonly { readonly place: string; readonly text: string }[]): TokensRead => {
  const tokens: AdminToken[] = []
  const faults: string[] = []
  for (const { place, text } of entries.slice(0, mostTokens)) {
    const [label, token] = plainToken.test(text) ? [undefined, text] : (labelled.exec(text)?.slice(1) ?? [])
    if (token === undefined || !plainToken.test(token)) {
      faults.push(`${place} is neither a token nor label=token: a token has letters, digits and . _ ~ + / - only`)
    } else if (token.length < leastLength || token.length > mostLength) {
      faults.push(`${place} has a token of ${token.length} characters, not of ${leastLength} to ${mostLength}`)
    } else {
      const hash = hashOf(token)
      tokens.push({ label: label ?? `token-${Buffer.from(hash).toString('hex', 0, 4)}`, hash })
    }
  }
  if (entries.length > mostTokens) faults.push(`there are more than ${mostTokens} tokens`)
  return { tokens, faults }
}

/** Entries of a variable, separated by commas. */
export const listedTokens = (text: string): TokensRead =>
  readTokens(
    text
      .split(',')
      .map((item, index) => ({ place: `entry ${index + 1}`, text: item.trim() }))
      .filter(({ text }) => text !== '')
  )

/** Entries of a file, a line each; empty lines and those that begin with # are passed over. */
export const linedTokens = (text: string): TokensRead =>
  readTokens(
    text
      .split('\n')
      .map((line, index) => ({ place: `line ${index + 1}`, text: line.trim() }))
      .filter(({ text }) => text !== '' && !text.startsWith('#'))
  )

/**
 * The label of the token that was presented; undefined where it is none of `tokens`. All of them are compared, by hashes
 * of one length, so that the time it takes tells nothing of how near a guess came.
 */
export const labelOf = (tokens: readonly AdminToken[], presented: string): string | undefined => {
  const hash = hashOf(presented)
  let label: string | undefined
  for (const token of tokens) if (timingSafeEqual(token.hash, hash)) label = token.label
  return label
}

const hashOf = (token: string): Uint8Array => createHash('sha256').update(token).digest()
