import type { Json } from '../core/model/code-row.ts'
import type { InspectedItem } from '../core/model/description.ts'
import { defaultLimits } from '../core/model/limits.ts'
import { convert, type Form } from '../core/write/convert.ts'
import { inspectAll } from '../service/inspection.ts'
import { materialOf } from '../service/material.ts'
import { filesOf, readInput, readInputs, shownName, writeOutput } from './files.ts'
import { InputError, type Invocation, statuses } from './option.ts'
import { outputLook } from './terminal.ts'

const maxObjects = 100_000

/** Says what files hold, or writes all that is in them in another form. The status is 2 where something cannot be read. */
export const runInspect = async ({ operands, given }: Invocation): Promise<number> => {
  const files = await filesOf(operands)
  const form = formOf(given.text('form'))
  if (form !== undefined) {
    const material = materialOf(await readInputs(files))
    if (material === undefined) throw new InputError('There is no file to read.')
    const converted = convert(material, form, maxObjects, defaultLimits)
    if (converted.kind === 'refusal') throw new InputError(`${files.map(shownName).join(', ')}: ${converted.detail}`)
    await writeOutput(given.text('out'), converted.octets)
    return statuses.valid
  }
  const look = outputLook()
  const lines: string[] = []
  let status: number = statuses.valid
  for (const file of files) {
    const answer = inspectAll(await readInput(file), maxObjects, defaultLimits)
    if (answer.kind === 'refusal') throw new InputError(`${shownName(file)}: ${answer.detail}`)
    for (const item of answer.items) {
      if (item.type === 'unreadable') status = statuses.unknown
      if (given.on('json')) lines.push(JSON.stringify({ file, ...item }))
      else lines.push(look.strong(headline(shownName(file), item)), ...linesOf(item, '  '), '')
    }
  }
  await writeOutput(given.text('out'), lines.map((line) => `${line}\n`).join(''))
  return status
}

const formOf = (text: string | undefined): Form | undefined =>
  text === 'pem' || text === 'der' || text === 'pkcs7' ? text : undefined

const headline = (file: string, { type, place }: InspectedItem): string =>
  `${file}${place.line === null ? '' : `:${place.line}`}: ${type}`

/** What is for programs alone. */
const untold: ReadonlySet<string> = new Set(['type', 'place', 'python', 'truncated'])

/** Members in their order, a line each; what is empty is left out. */
const linesOf = (value: object, margin: string): readonly string[] =>
  Object.entries<Json | undefined>({ ...value }).flatMap(([name, member]) =>
    untold.has(name) ? [] : memberLines(name, member, margin)
  )

const memberLines = (name: string, member: Json | undefined, margin: string): readonly string[] => {
  if (member === undefined || member === null) return []
  if (typeof member !== 'object') return [`${margin}${name}: ${member}`]
  if (!Array.isArray(member)) return [`${margin}${name}:`, ...linesOf(member, `${margin}  `)]
  if (member.length === 0) return []
  const plain = member.every((each) => typeof each !== 'object')
  if (plain) return [`${margin}${name}: ${member.join(', ')}`]
  return [`${margin}${name}:`, ...member.map((each) => `${margin}  ${JSON.stringify(each)}`)]
}
