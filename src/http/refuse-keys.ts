import { holdsKey } from './key-material.ts'
import { Problem, pointerToken } from './problem.ts'

/** Fields for certificates and the like, which are read by themselves: a private key in one is dropped there, or refused. */
const materials = new Set(['chain', 'intermediates', 'caBundle', 'crls', 'ocspResponses', 'certificates', 'requests'])

/**
 * Throws a problem where a private key stands in a field that names or sets something: such a value could come back in an answer, or be kept.
 * What it gets has no more depth than JSON may have.
 */
export const refuseKeys = (request: object): void => {
  for (const [name, value] of Object.entries(request)) {
    if (!materials.has(name)) look(value, `/${pointerToken(name)}`)
  }
}

const look = (value: unknown, pointer: string): void => {
  if (typeof value === 'string') refuse(value, pointer)
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    refuse(name, pointer)
    look(member, `${pointer}/${pointerToken(name)}`)
  }
}

const refuse = (text: string, pointer: string): void => {
  if (!holdsKey(text)) return
  throw keyRefused(pointer)
}

export const keyRefused = (pointer: string): Problem => {
  const detail = 'It holds a private key, or what looks like one, and was dropped.'
  return new Problem('private-key-refused', detail, { errors: [{ pointer, code: 'private-key-refused', detail }] })
}
