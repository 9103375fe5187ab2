import type { Refusal } from '../core/model/request.ts'
import type { Verdict } from '../core/model/verdict.ts'
import { validate } from '../core/validate.ts'
import { validationService } from '../service/validation.ts'
import { filesOf, readInput, shownName } from './files.ts'
import { partsFor, questionOf } from './judging.ts'
import { type Invocation, statuses } from './option.ts'
import { outputLook, progress } from './terminal.ts'
import { verdictText } from './verdict-text.ts'

/** Validates each file by itself. The worst of them is the exit status: 0 valid, 1 not, 2 cannot be told. */
export const runValidate = async ({ operands, given }: Invocation): Promise<number> => {
  const files = await filesOf(operands)
  const question = await questionOf(given)
  const service = validationService({ ...partsFor(given), validate })
  const look = outputLook()
  const work = progress(files.length)
  let worst: number = statuses.valid
  for (const file of files) {
    work.step(shownName(file))
    const chain = await readInput(file)
    const answer = await service.validate({ ...question, chain })
    const verdict = answer.kind === 'verdict' ? wholeVerdict(answer.verdict) : undefined
    worst = worseOf(worst, verdict === undefined ? statuses.unknown : statusOf(verdict))
    if (given.on('quiet')) continue
    work.done()
    if (given.on('json')) process.stdout.write(`${JSON.stringify({ file, ...(verdict ?? { problem: answer }) })}\n`)
    else if (verdict !== undefined) process.stdout.write(verdictText(shownName(file), verdict, look))
    else if (answer.kind === 'refusal') process.stdout.write(refusalText(shownName(file), answer))
  }
  work.done()
  return worst
}

/** No command asks for the audience `client`, whose verdicts say less. */
export const wholeVerdict = (verdict: object): Verdict => verdict as Verdict

export const statusOf = ({ outcome }: Pick<Verdict, 'outcome'>): number =>
  outcome === 'valid' ? statuses.valid : outcome === 'invalid' ? statuses.invalid : statuses.unknown

/** One that is not valid settles it; one that cannot be told leaves it open. */
export const worseOf = (one: number, other: number): number => {
  if (one === statuses.invalid || other === statuses.invalid) return statuses.invalid
  return Math.max(one, other)
}

export const refusalText = (name: string, { code, detail, errors }: Refusal): string => {
  const line = errors[0]?.line
  return `${name}: it cannot be told: ${code}${line === undefined ? '' : ` (line ${line})`}: ${detail}\n`
}
