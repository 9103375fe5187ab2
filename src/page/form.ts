import type { AskedFor } from './curl.ts'
import { found } from './dom.ts'
import { type Field, flag, NotReadable, revocation, text, time, trustStores, whole } from './fields.ts'

/** A number that is chosen, not written. */
const level: Field = {
  ...text('securityLevel'),
  read: () => {
    const value = text('securityLevel').read()
    return value === undefined ? undefined : Number(value)
  },
  write: (value) => text('securityLevel').write(typeof value === 'number' ? String(value) : value)
}

const fields: readonly Field[] = [
  text('chain'),
  text('intermediates'),
  text('caBundle'),
  text('crls'),
  trustStores,
  text('hostname', true),
  text('purpose'),
  text('profile'),
  time('time'),
  whole('clockSkew'),
  text('certificateRules'),
  level,
  whole('maxIntermediates'),
  revocation,
  flag('fetchIssuers')
]

const others = (): HTMLTextAreaElement => found('others', HTMLTextAreaElement)

/** What the form asks for. Throws `NotReadable` where something in it is no value. */
export const readForm = (): AskedFor => {
  const given = fields.map(({ name, read }) => [name, read()] as const).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(given), ...otherOptions() }
}

const otherOptions = (): AskedFor => {
  const { value } = others()
  if (value.trim() === '') return {}
  const read = parsed(value)
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return { ...read }
  throw new NotReadable('others', 'It must be a JSON object.')
}

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** Makes the form ask for this. What no control can show stands in the other options. */
export const writeForm = (request: AskedFor): void => {
  const shown = new Set(fields.filter(({ name, write }) => write(request[name])).map(({ name }) => name))
  const rest = Object.entries(request).filter(([name, value]) => value !== undefined && !shown.has(name))
  others().value = rest.length === 0 ? '' : JSON.stringify(Object.fromEntries(rest), undefined, 2)
  const furtherFields = [...document.querySelectorAll<HTMLInputElement>('.more input, .more select, .more textarea')]
  const told = furtherFields.some(({ value, checked, type }) => (type === 'checkbox' ? checked : value !== ''))
  if (told) for (const more of document.querySelectorAll<HTMLDetailsElement>('.more')) more.open = true
}

/** The control of a member of the request; of one that has none, that of the other options. */
export const controlOf = (name: string): HTMLElement =>
  fields.find((field) => field.name === name)?.control() ?? others()
