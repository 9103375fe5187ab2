import { createHash } from 'node:crypto'

/** A hash by which the same work is known again, whatever the time of its arrival: what is to be done, and all that it depends on. */
export const workOf = (kind: string, request: object): string => {
  const hash = createHash('sha256').update(`${kind}\0`)
  for (const [name, value] of Object.entries(request)) {
    hash.update(`${name}\0`)
    if (typeof value === 'string' || value instanceof Uint8Array) hash.update(value)
    else if (Array.isArray(value))
      for (const item of value) hash.update(typeof item === 'string' ? item : JSON.stringify(item)).update('\0')
    else hash.update(JSON.stringify(value) ?? '')
    hash.update('\0')
  }
  return hash.digest('base64')
}
