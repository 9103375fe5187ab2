import { found } from './dom.ts'

/** A member of a request, and the control of the form that it is told by. */
export interface Field {
  readonly name: string
  /** What gets the focus where the service finds fault with it. */
  readonly control: () => HTMLElement
  /** Undefined where nothing is given. Throws `NotReadable` where what is given is no value. */
  readonly read: () => unknown
  /** Whether the control can show this value; undefined empties it. */
  readonly write: (value: unknown) => boolean
}

/** What stands in a control is no value for it. */
export class NotReadable extends Error {
  override readonly name = 'NotReadable'
  readonly field: string

  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const control = (id: string): Control => {
  const there = document.getElementById(id)
  if (there instanceof HTMLInputElement || there instanceof HTMLTextAreaElement || there instanceof HTMLSelectElement)
    return there
  throw new Error(`The form has no control ${id}`)
}

const emptied = (id: string): true => {
  control(id).value = ''
  return true
}

/** A text, or one of several: a select takes only what it has. */
export const text = (name: string, trimmed = false): Field => ({
  name,
  control: () => control(name),
  read: () => {
    const { value } = control(name)
    if (value.trim() === '') return undefined
    return trimmed ? value.trim() : value
  },
  write: (value) => {
    if (value === undefined) return emptied(name)
    if (typeof value !== 'string') return false
    const there = control(name)
    there.value = value
    if (!(there instanceof HTMLSelectElement) || there.value === value) return true
    emptied(name)
    return false
  }
})

export const whole = (name: string): Field => ({
  name,
  control: () => control(name),
  read: () => {
    const value = control(name).value.trim()
    if (value === '') return undefined
    if (!/^\d{1,15}$/.test(value)) throw new NotReadable(name, 'It must be a whole number.')
    return Number(value)
  },
  write: (value) => {
    if (value === undefined) return emptied(name)
    if (typeof value !== 'number') return false
    control(name).value = String(value)
    return true
  }
})

/** To the second, in UTC. */
export const time = (name: string): Field => ({
  name,
  control: () => control(name),
  read: () => {
    const { value, validity } = control(name)
    if (validity.badInput) throw new NotReadable(name, 'It must be a date with a time.')
    if (value === '') return undefined
    return `${value.length === 16 ? `${value}:00` : value.slice(0, 19)}Z`
  },
  write: (value) => {
    if (value === undefined) return emptied(name)
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return false
    control(name).value = value.slice(0, -1)
    return control(name).value !== ''
  }
})

const flagOf = (id: string): HTMLInputElement => found(id, HTMLInputElement)

export const flag = (name: string): Field => ({
  name,
  control: () => flagOf(name),
  read: () => (flagOf(name).checked ? true : undefined),
  write: (value) => {
    flagOf(name).checked = value === true
    return value === true || value === undefined
  }
})

/** The mode, and whether the service may ask others: what else there is of revocation stands in the other options. */
export const revocation: Field = {
  name: 'revocation',
  control: () => control('revocation'),
  read: () => {
    const mode = control('revocation').value
    const asksOthers = flagOf('fetch').checked
    if (mode === '' && !asksOthers) return undefined
    return { ...(mode === '' ? {} : { mode }), ...(asksOthers ? { ['fetch']: true } : {}) }
  },
  write: (value) => {
    const members = new Map<string, unknown>(Object.entries(value ?? {}))
    const mode = members.get('mode') ?? ''
    const asksOthers = members.get('fetch') ?? false
    const select = control('revocation')
    select.value = typeof mode === 'string' ? mode : ''
    const told =
      select.value === mode &&
      typeof asksOthers === 'boolean' &&
      [...members.keys()].every((name) => name === 'mode' || name === 'fetch')
    if (!told) select.value = ''
    flagOf('fetch').checked = told && asksOthers
    return told
  }
}

const storeBoxes = (): readonly HTMLInputElement[] => [
  ...document.querySelectorAll<HTMLInputElement>('#trustStores input[type=checkbox]')
]

/** By name; where none is ticked, the service decides. */
export const trustStores: Field = {
  name: 'trustStores',
  control: () => storeBoxes()[0] ?? found('trustStores', HTMLElement),
  read: () => {
    const names = storeBoxes().flatMap(({ checked, value }) => (checked ? [value] : []))
    return names.length === 0 ? undefined : names
  },
  write: (value) => {
    const names: readonly unknown[] = Array.isArray(value) ? value : []
    const boxes = storeBoxes()
    const told =
      value === undefined || (names.length > 0 && names.every((name) => boxes.some((box) => box.value === name)))
    for (const box of boxes) box.checked = told && names.includes(box.value)
    return told
  }
}
