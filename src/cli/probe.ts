import { printable } from '../core/model/printable.ts'
import type { Refusal } from '../core/model/request.ts'
import type { Verdict } from '../core/model/verdict.ts'
import { certificatesPem } from '../core/write/pem.ts'
import { lookUpBy } from '../net/probe/look-up.ts'
import { probe } from '../net/probe/probe.ts'
import { packageFile } from '../package-file.ts'
import { writeOutput } from './files.ts'
import { judgeSent } from './judge-sent.ts'
import { questionOf } from './judging.ts'
import { type Invocation, statuses, UsageError } from './option.ts'
import { sentOf } from './sent.ts'
import { sentText } from './sent-text.ts'
import { servernameOf, type Target, targetOf } from './target.ts'
import { type Look, outputLook, progress } from './terminal.ts'
import { refusalText, statusOf, worseOf } from './validate.ts'
import { verdictText } from './verdict-text.ts'

const usualSeconds = 10
const mostSeconds = 600

/** Validates what servers send, one after another. The worst of them is the exit status; that of no answer is above a doubt. */
export const runProbe = async ({ operands, given }: Invocation): Promise<number> => {
  const save = given.text('save')
  if (operands.length === 0) throw new UsageError('probe takes the server to connect to, as host:port.')
  if (operands.length > 1 && save !== undefined)
    throw new UsageError('--save takes the chain of one server, and several are named.')
  const targets = operands.map((operand) => targetOf(operand, given.text('starttls')))
  const ms = secondsOf(given.text('timeout')) * 1_000
  const question = await questionOf(given)
  const judge = judgeSent(given, question)
  const lookUp = lookUpBy(packageFile('dist/net/probe/look-up-process.js'))
  const look = outputLook()
  const work = progress(targets.length)
  let worst: number = statuses.valid
  for (const target of targets) {
    work.step(shown(target))
    const servername = servernameOf(target, given.text('servername'))
    const { dialled: host, port, starttls } = target
    const probed = await probe({ host, port, starttls, servername, ms }, lookUp)
    work.done()
    if (!probed.ok) {
      worst = worseOf(worst, statuses.noInput)
      if (given.on('json')) writeJson({ target: shown(target), problem: { detail: probed.reason } })
      else process.stderr.write(`vidimus: ${shown(target)} ${probed.reason}.\n`)
      continue
    }
    const { certificates } = probed.value
    if (save !== undefined) await writeOutput(save, certificatesPem(certificates.map(({ der }) => der)))
    const hostname = given.text('servername') || target.host
    const { judged, changes } = await judge(certificates, hostname)
    worst = worseOf(worst, 'kind' in judged ? statuses.unknown : statusOf(judged))
    if (given.on('quiet')) continue
    const sent = sentOf(probed.value, target, servername, changes)
    if (given.on('json'))
      writeJson({ target: shown(target), ...('kind' in judged ? { problem: judged } : judged), sent })
    else process.stdout.write(textOf(target, judged, look) + sentText(sent, look))
  }
  return worst
}

const shown = ({ host, port }: Target): string => printable(`${host.includes(':') ? `[${host}]` : host}:${port}`)

const writeJson = (value: object): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

const textOf = (target: Target, judged: Verdict | Refusal, look: Look): string =>
  'kind' in judged ? refusalText(shown(target), judged) : verdictText(shown(target), judged, look)

const secondsOf = (text: string | undefined): number => {
  if (text === undefined) return usualSeconds
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (seconds < 1 || seconds > mostSeconds)
    throw new UsageError(`--timeout must be a number of seconds from 1 to ${mostSeconds}.`)
  return seconds
}
