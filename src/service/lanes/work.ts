import { createHash } from 'node:crypto'
import type { ValidationRequest } from '../../core/model/request.ts'

/** A hash by which the same request is known again, whatever the time of its arrival. */
export const workOf = (request: ValidationRequest): string => {
  const hash = createHash('sha256')
  for (const [name, value] of Object.entries(request)) {
    hash.update(`${name}\0`)
    if (typeof value === 'string' || value instanceof Uint8Array) hash.update(value)
    else if (Array.isArray(value))
      for (const item of value) hash.update(typeof item === 'string' ? item : JSON.stringify(item)).update('\0')
    else hash.update(JSON.stringify(value))
    hash.update('\0')
  }
  return hash.digest('base64')
}
