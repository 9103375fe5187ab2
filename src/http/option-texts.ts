import type { FastifyRequest } from 'fastify'
import type { TObject, TSchema } from 'typebox'
import { Problem, type ProblemError, pointerToken } from './problem.ts'
import { ValidationOptions } from './schemas/request.ts'

/** What a query string or the fields of a form say: names with the texts that were given for each. */
export type OptionTexts = ReadonlyMap<string, readonly string[]>

/** The parameters of a query string. */
export const queryOf = ({ query }: FastifyRequest): OptionTexts => {
  if (typeof query !== 'object' || query === null) return new Map()
  return new Map(Object.entries(query).map(([name, value]) => [name, textsOf(value)]))
}

const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : [value]).map(String)

/**
 * Makes values of texts by the type that the schema of each option has: numbers and booleans as JSON writes them,
 * lists from commas or repeated names, structures from JSON (`json`, undefined where they cannot stand). What does not
 * fit is left a text, so that the schema refuses it; a name given twice that is no list is a problem at once.
 */
export const optionsFrom = (
  texts: OptionTexts,
  json: ((text: string) => unknown) | undefined,
  { properties }: TObject = ValidationOptions
): Record<string, unknown> => {
  const options: Record<string, unknown> = Object.create(null)
  for (const [name, values] of texts) {
    options[name] = fromTexts(
      name,
      values,
      typesOf(Object.hasOwn(properties, name) ? properties[name] : undefined),
      json
    )
  }
  return options
}

const fromTexts = (
  name: string,
  values: readonly string[],
  types: readonly string[],
  json: ((text: string) => unknown) | undefined
): unknown => {
  const [first] = values
  if (first === undefined) return undefined
  const isJson = json !== undefined && values.length === 1 && /^\s*[[{]/.test(first)
  if (isJson && (types.includes('object') || types.includes('array'))) return json(first)
  if (types.includes('array')) {
    const list = values.flatMap((value) => partsOf(value, name)).map((value) => value.trim())
    return types.includes('string') && list.length === 1 ? list[0] : list.filter((value) => value !== '')
  }
  if (values.length > 1) throw givenTwice(name)
  if (types.includes('integer') && /^-?(?:0|[1-9]\d*)$/.test(first)) return Number(first)
  if (types.includes('boolean') && (first === 'true' || first === 'false')) return first === 'true'
  return first
}

/** In one text: none of it is dropped, so that more are refused. */
const mostParts = 10_000

const partsOf = (text: string, name: string): readonly string[] => {
  const parts = text.split(',', mostParts + 1)
  if (parts.length <= mostParts) return parts
  const detail = `A list may have ${mostParts} elements at most.`
  const errors = [{ pointer: `/${pointerToken(name)}`, code: 'body-too-large', detail }] as const
  throw new Problem('body-too-large', detail, { errors })
}

/** Puts together what several places of a request say. An option may stand in one of them only. */
export const together = (parts: readonly object[]): Record<string, unknown> => {
  const all: Record<string, unknown> = Object.create(null)
  for (const part of parts) {
    for (const [name, value] of Object.entries<unknown>({ ...part })) {
      if (name in all) throw givenTwice(name)
      all[name] = value
    }
  }
  return all
}

const givenTwice = (name: string): Problem => {
  const detail = 'The option is given more than once.'
  const error: ProblemError = { pointer: `/${pointerToken(name)}`, code: 'option-conflict', detail }
  return new Problem('option-conflict', detail, { errors: [error] })
}

/** The JSON types that the schema of an option allows. */
const typesOf = (schema: TSchema | undefined): readonly string[] => {
  const type: unknown = schema !== undefined && 'type' in schema ? schema.type : []
  return (Array.isArray(type) ? type : [type]).map(String)
}
