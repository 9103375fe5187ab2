import { repairChain } from '../core/repair-chain.ts'
import { chainService } from '../service/chain.ts'
import { materialOf } from '../service/material.ts'
import { filesOf, readInputs, shownName, writeOutput } from './files.ts'
import { partsFor, questionOf } from './judging.ts'
import { InputError, type Invocation, statuses } from './option.ts'
import { refusalText, statusOf } from './validate.ts'

/** Writes the chain that all files together are, put right; what was changed goes to standard error. */
export const runChain = async ({ operands, given }: Invocation): Promise<number> => {
  const files = await filesOf(operands)
  const question = await questionOf(given)
  const chain = materialOf(await readInputs(files))
  if (chain === undefined) throw new InputError('There is no file to make a chain of.')
  const request = { ...question, chain, includeRoot: given.on('include-root') }
  const answer = await chainService({ ...partsFor(given), repairChain }).repair(request)
  if (answer.kind === 'refusal') {
    process.stderr.write(refusalText(files.map(shownName).join(', '), answer))
    return statuses.unknown
  }
  const { body } = answer
  const form = given.text('form') ?? 'pem'
  const contents = form === 'json' ? `${JSON.stringify(body)}\n` : form === 'pkcs7' ? answer.pkcs7() : answer.pem()
  await writeOutput(given.text('out'), contents)
  if (form !== 'json') {
    const told = [
      ...body.changes.map(({ message }) => message),
      ...(body.privateKey === undefined ? [] : [keyText(body.privateKey)]),
      ...(body.complete ? [] : ['It does not lead to a trust anchor: something is missing.']),
      ...body.verdict.errors.map(({ code, message }) => `${code}: ${message}`)
    ]
    process.stderr.write(told.map((line) => `${line}\n`).join(''))
  }
  return statusOf(body.verdict)
}

const keyText = ({ matches, line }: { readonly matches: boolean | null; readonly line: number | null }): string => {
  const belongs = matches === null ? 'may belong' : matches ? 'belongs' : 'does not belong'
  return `The private key${line === null ? '' : ` in line ${line}`} ${belongs} to the end entity; it was not written.`
}
