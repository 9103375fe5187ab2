import { type Static, type TSchema, type TSchemaOptions, Type } from 'typebox'

/** A reference to a schema that the application holds by its `$id`. */
export const ref = <S extends TSchema>(schema: S) => Type.Unsafe<Static<S>>({ $ref: `${idOf(schema)}#` })

const idOf = (schema: TSchema): string => {
  if ('$id' in schema && typeof schema.$id === 'string') return schema.$id
  throw new Error('Only a schema with an $id can be referred to')
}

export const nullable = (description: string) => Type.Unsafe<string | null>({ type: ['string', 'null'], description })

/** An enumeration of texts. */
export const enumOf = <const T extends string>(values: readonly T[], options: TSchemaOptions = {}) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values], ...options })

export const isoTime = { format: 'date-time' } as const

/** All members there and read-only, at every depth, so that a member missing on one side cannot pass for an optional one. */
type Whole<T> = T extends readonly (infer E)[]
  ? readonly Whole<E>[]
  : T extends object
    ? string extends keyof T
      ? T
      : { readonly [K in keyof T]-?: Whole<Exclude<T[K], undefined>> }
    : T

/** `true` where the two types have the same members of the same types, whichever of them are optional or read-only. */
export type SameShape<A, B> = [Whole<A>] extends [Whole<B>] ? ([Whole<B>] extends [Whole<A>] ? true : false) : false
