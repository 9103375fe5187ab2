import type { ConstraintsFaults } from './faults.ts'

/** The names and indexes that lead to a place in the document. */
export type Path = readonly (string | number)[]

/** Elements of one list. */
const mostElements = 1_000

/** The fields of an object that has none but `known` ones, and at least one of them. */
export const readObject = <F extends string>(
  value: unknown,
  path: Path,
  known: readonly F[],
  faults: ConstraintsFaults
): Readonly<Partial<Record<F, unknown>>> | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return faults.add(path, 'must be an object')
  const names: readonly string[] = known
  const given = Object.keys(value)
  for (const name of given) {
    if (!names.includes(name)) faults.add([...path, name], `is not a field; the fields are ${known.join(', ')}`)
  }
  if (given.length === 0) faults.add(path, `is empty; it needs one of ${known.join(', ')}`)
  return value as Readonly<Partial<Record<F, unknown>>>
}

/** The elements of a list that is not empty, as far as they can be read; undefined where there is no list. */
export const readList = <T>(
  value: unknown,
  path: Path,
  faults: ConstraintsFaults,
  read: (element: unknown, path: Path) => T | undefined
): readonly T[] | undefined => {
  if (value === undefined) return undefined
  if (!Array.isArray(value)) return faults.add(path, 'must be an array')
  const elements: readonly unknown[] = value
  if (elements.length === 0) faults.add(path, 'is empty; leave it out where it is to limit nothing')
  if (elements.length > mostElements)
    return faults.add(path, `has ${elements.length} elements, more than ${mostElements}`)
  return elements.flatMap((element, at) => {
    const known = read(element, [...path, at])
    return known === undefined ? [] : [known]
  })
}
