import pg from 'pg'
import { KeepingError, type KeepingFault } from '../../trust/keeping.ts'

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: codes, and classes of two characters for the rest of them. */
const faults: ReadonlyMap<string, KeepingFault> = new Map([
  ['40', 'busy'], // rolled back for the sake of another
  ['55', 'busy'], // a lock did not come in time, and the like
  ['57014', 'busy'], // a statement took too long
  ['53300', 'busy'], // too many connections
  ['53200', 'busy'], // out of memory
  ['25006', 'busy'], // a standby that has not taken over yet
  ['53100', 'no-storage'], // disk full
  ['58', 'no-storage'], // input, output and files of the server
  ['42501', 'no-storage'], // no right to do that
  ['XX001', 'damaged'], // data corrupted
  ['XX002', 'damaged'] // index corrupted
])

const sentences: Readonly<Record<KeepingFault, string>> = {
  busy: 'The database is in use by others',
  'no-storage': 'The database takes no changes',
  unreachable: 'The database cannot be reached',
  damaged: 'The database is damaged',
  incompatible: 'The database is of another version',
  unknown: 'The database went away while it was writing'
}

/** Characters of a reason, at most. */
const longestReason = 300

/** Tells what errors of pg and of the network mean, in words that hold no password of `url`. */
export const faultReader = (url: string): ((error: unknown) => KeepingError) => {
  const secrets = secretsOf(url)
  return (error) => {
    if (error instanceof KeepingError) return error
    const fault = kindOf(error)
    const reason = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), reasonOf(error))
    return new KeepingError(fault, `${sentences[fault]}: ${reason.slice(0, longestReason)}.`)
  }
}

/** Whether the server said that nothing was done. Where it did not, or ended the connection, nobody knows. */
export const isRefusal = (error: unknown): boolean => error instanceof pg.DatabaseError && error.severity === 'ERROR'

const kindOf = (error: unknown): KeepingFault => {
  const code = error instanceof pg.DatabaseError ? error.code : undefined
  return faults.get(code ?? '') ?? faults.get(code?.slice(0, 2) ?? '') ?? 'unreachable'
}

const reasonOf = (error: unknown): string => {
  if (error instanceof pg.DatabaseError) return `${error.message} (${error.code})`
  if (!(error instanceof Error)) return 'for an unknown reason'
  // Several addresses were tried: such an error has a code and no message.
  return error.message === '' && 'code' in error ? String(error.code) : error.message
}

/** A password, as it stands in the URL and as it is meant. */
const secretsOf = (url: string): readonly string[] => {
  const parsed = URL.parse(url)
  const given = [parsed?.password ?? '', parsed?.searchParams.get('password') ?? '']
  return given.flatMap((secret) => [secret, decoded(secret)]).filter((secret) => secret !== '')
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
