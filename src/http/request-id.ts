import { randomUUID } from 'node:crypto'

/** The id of a request: what the client set in `x-request-id`, where it is short and plain, else a new UUID. */
export const requestIdOf = (header: string | readonly string[] | undefined): string =>
  typeof header === 'string' && /^[A-Za-z0-9._-]{1,128}$/.test(header) ? header : randomUUID()
