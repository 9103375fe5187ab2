import { Compile } from 'typebox/schema'
import { Problem, pointerToken } from './problem.ts'

/** What a schema says of numbers and of what is inside. */
interface Shape {
  readonly maxItems?: number
  readonly items?: object
  readonly properties?: Readonly<Record<string, object>>
}

const shapeOf = (schema: object): Shape => schema

/** Throws a problem where a list is longer than its schema allows: none of its elements is looked at. */
export const refuseTooMany = (value: unknown, schema: object, pointer = ''): void => {
  const { maxItems, properties } = shapeOf(schema)
  if (Array.isArray(value)) {
    if (maxItems === undefined || value.length <= maxItems) return
    const detail = `A list may have ${maxItems} elements at most.`
    throw new Problem('body-too-large', detail, { errors: [{ pointer, code: 'body-too-large', detail }] })
  }
  for (const [name, member] of membersOf(value)) {
    const inner = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined
    if (inner !== undefined) refuseTooMany(member, inner, `${pointer}/${pointerToken(name)}`)
  }
}

/** A value with little in it that is as wrong as another with much, and where its elements stood there. */
export interface Excerpt {
  readonly value: unknown
  /** A place in the excerpt as one in the whole. */
  readonly place: (pointer: string) => string
}

/** As many faults of one kind as are told. */
const mostTold = 8

/**
 * What of a value is worth to be held against its schema fault by fault, which takes a thousand times as long as to find that
 * there is one: of lists the first elements that are wrong, of objects what is known and the first members that are not.
 */
export const excerptOf = (value: unknown, schema: object, pointer = ''): Excerpt => {
  const { items, properties = {} } = shapeOf(schema)
  if (Array.isArray(value)) {
    if (items === undefined || value.length <= mostTold) return { value, place: (each) => each }
    const wrong = wrongElements(value, items)
    // One stays where none is wrong, for an empty list may be wrong itself.
    const kept = wrong.length === 0 ? [0] : wrong
    return { value: kept.map((at) => value[at]), place: (each) => placed(each, pointer, kept) }
  }
  if (typeof value !== 'object' || value === null) return { value, place: (each) => each }
  let place = (each: string): string => each
  let unknown = 0
  const told: [string, unknown][] = []
  for (const [name, member] of membersOf(value)) {
    const inner = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (inner === undefined) {
      if (unknown++ < mostTold) told.push([name, member])
      continue
    }
    const excerpt = excerptOf(member, inner, `${pointer}/${pointerToken(name)}`)
    const before = place
    place = (each) => excerpt.place(before(each))
    told.push([name, excerpt.value])
  }
  return { value: Object.fromEntries(told), place }
}

const membersOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

const wrongElements = (value: readonly unknown[], items: object): readonly number[] => {
  const element = Compile(items)
  const wrong: number[] = []
  for (let at = 0; at < value.length && wrong.length < mostTold; at++) if (!element.Check(value[at])) wrong.push(at)
  return wrong
}

const placed = (each: string, list: string, kept: readonly number[]): string => {
  const [, at, rest = ''] = each.startsWith(`${list}/`)
    ? (/^(\d+)(\/.*)?$/s.exec(each.slice(list.length + 1)) ?? [])
    : []
  return at === undefined ? each : `${list}/${kept[Number(at)] ?? at}${rest}`
}
