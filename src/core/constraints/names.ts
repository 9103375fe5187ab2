import { generalNameText } from '../match/name/general-name-text.ts'
import { parseSubtree } from '../match/name/requested-subtree.ts'
import type { GeneralName, Subtrees } from '../model/name.ts'
import type { RequestedSubtree } from '../model/request.ts'
import type { ConstraintsFaults } from './faults.ts'
import { type Path, readList, readObject } from './shapes.ts'

/** Permitted and excluded subtrees in the form that a request has them: RFC 5280 §6.1.1 (h) and (i). */
export const readNames = (value: unknown, path: Path, faults: ConstraintsFaults): readonly Subtrees[] => {
  if (value === undefined) return []
  const lists = readObject(value, path, ['permitted', 'excluded'], faults)
  if (lists === undefined) return []
  const read = (field: 'permitted' | 'excluded'): readonly GeneralName[] =>
    readList(lists[field], [...path, field], faults, (element, place) => readSubtree(element, place, faults)) ?? []
  const permitted = read('permitted')
  const excluded = read('excluded')
  const allowed = new Set(permitted.map(keyOf))
  for (const base of excluded) {
    if (allowed.has(keyOf(base))) faults.add(path, `both permits and excludes ${generalNameText(base)}`)
  }
  return [{ permitted, excluded }]
}

const keyOf = (base: GeneralName): string => `${base.type} ${generalNameText(base)}`

const readSubtree = (value: unknown, path: Path, faults: ConstraintsFaults): GeneralName | undefined => {
  const subtree = readObject(value, path, ['type', 'value'], faults)
  if (subtree === undefined) return undefined
  const { type, value: text } = subtree
  if (!isSubtreeType(type)) return faults.add([...path, 'type'], 'must be dns, ip, email, uri or directory')
  if (typeof text !== 'string') return faults.add([...path, 'value'], 'must be a string')
  const base = parseSubtree(type, text)
  return base.ok ? base.value : faults.add([...path, 'value'], base.reason)
}

const subtreeTypes: ReadonlySet<unknown> = new Set(['dns', 'ip', 'email', 'uri', 'directory'])

const isSubtreeType = (type: unknown): type is RequestedSubtree['type'] => subtreeTypes.has(type)
