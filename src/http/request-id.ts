import { randomUUID } from 'node:crypto'

/**
 * The id of a request: what the client set in `x-request-id`, where it is plain and short, else a new UUID. Since it comes back and is
 * logged, it has no room for a private key: the least of them has 43 characters in base64.
 */
export const requestIdOf = (header: string | readonly string[] | undefined): string =>
  typeof header === 'string' && /^[A-Za-z0-9._-]{1,40}$/.test(header) ? header : randomUUID()
