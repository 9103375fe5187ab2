import { rowOf } from '../core/model/codes.ts'
import type { PathEntry, Verdict, VerdictFinding } from '../core/model/verdict.ts'
import { folded, type Look } from './terminal.ts'

/** A verdict for people: what it is, the path, and for each error what it says and what to do about it. Text in it is escaped. */
export const verdictText = (name: string, verdict: Verdict, look: Look): string =>
  [
    `${look.strong(name)}: ${outcomeText(verdict, look)}`,
    ...verdict.path.flatMap((entry, at) => entryLines(verdict, entry, at, look)),
    ...findingsAt(verdict, null, '  ', look),
    ...(verdict.privateKey?.matches === false
      ? [`  ${look.doubtful('private key')}: it does not belong to the end entity.`]
      : []),
    ''
  ].join('\n')

const outcomeText = ({ outcome, checkAgainAt }: Verdict, look: Look): string => {
  if (outcome === 'valid')
    return look.good(checkAgainAt === null ? 'valid' : `valid, at the latest until ${checkAgainAt}`)
  return outcome === 'invalid' ? look.bad('invalid') : look.doubtful('it cannot be told')
}

const marks = { good: '✓', bad: '✗', doubtful: '?' } as const

const entryLines = (verdict: Verdict, entry: PathEntry, at: number, look: Look): readonly string[] => {
  const { subject, role, source } = entry
  const errors = verdict.errors.some(({ certificate }) => certificate === at)
  const state = errors ? 'bad' : 'good'
  const name = subject === '' ? 'a certificate without a subject' : subject
  const about = look.faint(`(${role}, ${source})`)
  if (!look.drawn) return [`  ${at} ${name} ${about}`, ...findingsAt(verdict, at, '    ', look)]
  const last = at === verdict.path.length - 1
  const branch = at === 0 ? '' : `${'   '.repeat(at - 1)}└─ `
  const below = `${'   '.repeat(at)}${last ? '   ' : '│  '}`
  return [`  ${branch}${look[state](marks[state])} ${name} ${about}`, ...findingsAt(verdict, at, `  ${below}`, look)]
}

const findingsAt = (
  { errors, warnings }: Verdict,
  at: number | null,
  margin: string,
  look: Look
): readonly string[] => [
  ...errors.filter(({ certificate }) => certificate === at).flatMap((each) => errorLines(each, margin, look)),
  ...warnings
    .filter(({ certificate }) => certificate === at)
    .flatMap(({ code, message }) => folded(`${look.doubtful(`warning: ${code}`)}: ${message}`, margin, look))
]

const errorLines = ({ code, message, reference }: VerdictFinding, margin: string, look: Look): readonly string[] => [
  ...folded(`${look.bad(`error: ${code}`)}: ${message} ${look.faint(`[${reference}]`)}`, margin, look),
  ...folded(`${look.faint('remedy:')} ${rowOf(code).remedy}`, margin, look)
]
