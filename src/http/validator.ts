import { setTimeout as elapsed, setImmediate as turn } from 'node:timers/promises'
import type { Static, TObject } from 'typebox'
import { Compile } from 'typebox/schema'
import { Problem, type ProblemError, pointerToken, quoted } from './problem.ts'
import { refuseKeys } from './refuse-keys.ts'
import { excerptOf, refuseTooMany } from './schema-bounds.ts'

/** Gives back what it was given where it is what a schema says; throws a problem for all else. */
export type Validator<T> = (value: unknown) => T

/** What the compiled schema says of a fault. */
type SchemaFault = { readonly keyword: string; readonly schemaPath: string; readonly instancePath: string } & {
  readonly params: object
  readonly message: string
}

/** The schemas that nobody needed so far. */
const waiting = new Set<() => unknown>()

/**
 * Compiles the schemas that nobody needed so far, each in a turn of its own, after `wait` milliseconds. It is for when the service
 * listens: all of them together would keep it from that for as long as its routes do.
 */
export const prepareValidators = async (wait: number): Promise<void> => {
  await elapsed(wait, undefined, { ref: false })
  for (const compile of waiting) {
    await turn()
    compile()
  }
}

/** Compiles a schema once, when it is first needed. Where the value is wrong, each fault is told with its place in the request. */
export const validator = <S extends TObject>(schema: S): Validator<Static<S>> => {
  const known = Object.keys(schema.properties)
  let made: ReturnType<typeof Compile<S>> | undefined
  const compile = (): ReturnType<typeof Compile<S>> => {
    waiting.delete(compile)
    made ??= Compile(schema)
    return made
  }
  waiting.add(compile)
  return (value) => {
    refuseTooMany(value, schema)
    const compiled = made ?? compile()
    if (compiled.Check(value)) {
      refuseKeys(value)
      return value
    }
    const excerpt = excerptOf(value, schema)
    const [, faults] = compiled.Errors(excerpt.value)
    const errors = faults.flatMap((fault) =>
      errorsOf({ ...fault, instancePath: excerpt.place(fault.instancePath) }, known)
    )
    const [first] = errors
    if (first === undefined) throw new Problem('body-malformed', 'The body must be a JSON object.')
    throw new Problem(first.code, first.detail, { errors })
  }
}

const errorsOf = (fault: SchemaFault, known: readonly string[]): readonly ProblemError[] => {
  const { keyword, instancePath: pointer, params } = fault
  if (keyword === 'boolean') return [unknownField(pointer, known)]
  if (keyword === 'additionalProperties') return [] // Each such field has a fault of its own.
  if (keyword === 'required' && 'requiredProperties' in params && Array.isArray(params.requiredProperties)) {
    return params.requiredProperties.map((name) =>
      invalid(`${pointer}/${pointerToken(String(name))}`, `The field ${quoted(String(name))} is required.`)
    )
  }
  if (pointer === '') return []
  return [invalid(pointer, `The value ${expectation(fault)}.`)]
}

const invalid = (pointer: string, detail: string): ProblemError => ({ pointer, code: 'field-invalid', detail })

const expectation = ({ keyword, params, message }: SchemaFault): string => {
  if (keyword === 'enum' && 'allowedValues' in params && Array.isArray(params.allowedValues)) {
    return `must be one of ${params.allowedValues.join(', ')}`
  }
  if (keyword === 'minItems') return 'must not be an empty array'
  return message
}

const unknownField = (pointer: string, known: readonly string[]): ProblemError => {
  const name = pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
  const meant = pointer.lastIndexOf('/') === 0 ? similar(name, known) : undefined
  const hint = meant === undefined ? '' : ` Is ${quoted(meant)} meant?`
  return { pointer, code: 'field-unknown', detail: `The field ${quoted(name)} is not known.${hint}` }
}

/** A known name that is the same but for case and separators, as `host_name` for `hostname`. */
const similar = (name: string, known: readonly string[]): string | undefined => {
  if (name.length > 64) return undefined
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '')
  return known.find((candidate) => plain(candidate) === plain(name) || plain(candidate) === `${plain(name)}s`)
}
