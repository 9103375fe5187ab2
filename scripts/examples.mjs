// Runs every example of the documents as it stands there, and compares what it prints, but for what differs at every run (keys,
// serial numbers, times). With --write it puts what was really printed into the documents where it is something else.
//   node scripts/examples.mjs [--write] [DOCUMENT...]
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { examplesOf, withPrinted } from './examples/console.mjs'
import { portsFor, startService, variablesIn } from './examples/service.mjs'
import { runSession } from './examples/session.mjs'
import { settled } from './examples/settled.mjs'

const project = fileURLToPath(new URL('..', import.meta.url))
const main = join(project, 'dist/main.js')
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const writes = process.argv.includes('--write')

/** Documents that are read one after the other, in one folder; all others stand for themselves. */
const courses = [['README.md', 'docs/configuration.md'], globSync('docs/tutorial/*.md', { cwd: project }).sort()]
const alone = globSync('docs/**/*.md', { cwd: project })
  .filter((document) => !courses.flat().includes(document))
  .sort()
  .map((document) => [document])

const read = (document) => readFileSync(join(project, document), 'utf8')

/** A folder that has what a clone has, as far as examples go, and `vidimus` as if it were installed. */
const prepared = () => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-examples-'))
  cpSync(join(project, 'examples'), join(folder, 'examples'), { recursive: true })
  symlinkSync(join(project, 'dist'), join(folder, 'dist'))
  mkdirSync(join(folder, '.bin'))
  const command = join(folder, '.bin', 'vidimus')
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`)
  chmodSync(command, 0o755)
  return folder
}

const runGroup = async (documents) => {
  const texts = documents.map(read)
  const examples = texts.map(examplesOf)
  const commands = examples.flat().map(({ command }) => command)
  if (commands.length === 0) return { count: 0, failures: 0 }
  const ports = await portsFor(commands)
  const folder = prepared()
  let stop = () => undefined
  try {
    const variables = Object.assign({}, ...texts.map(variablesIn))
    if (ports.has('8080')) stop = await startService(main, folder, { ...variables, PORT: ports.real('8080') })
    const path = [join(folder, '.bin'), dirname(process.execPath), process.env.PATH].join(delimiter)
    const ran = await runSession(commands.map(ports.real), { folder, path })
    const printed = ran.map((each) => ports.named(each.printed))
    let at = 0
    const failures = documents.map((document, index) => {
      const from = at
      at += examples[index].length
      const wrong = examples[index].filter((example, nth) =>
        differs(document, example, { ...ran[from + nth], printed: printed[from + nth] }, commands[from + nth + 1])
      )
      if (writes && wrong.length > 0)
        writeFileSync(join(project, document), withPrinted(texts[index], printed.slice(from, at)))
      return wrong.length
    })
    return { count: commands.length, failures: failures.reduce((sum, each) => sum + each, 0) }
  } finally {
    stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whether an example printed something else, or failed without its document saying so by `echo $?`. */
const differs = (document, { command, printed }, really, next) => {
  const failed = really.status !== 0 && next !== 'echo $?'
  if (!failed && settled(really.printed) === settled(printed)) return false
  const status = failed ? `It ended with ${really.status ?? 'the shell'}. ` : ''
  process.stderr.write(
    `${document} shows something else for\n$ ${command}\n${status}It printed:\n${really.printed}\n\n`
  )
  return true
}

const groups = [...courses, ...alone].filter(
  (group) => named.length === 0 || group.some((each) => named.includes(each))
)
const results = []
/** Two at a time, since each waits for its service and for OpenSSL. */
const lane = async () => {
  for (let group = groups.shift(); group !== undefined; group = groups.shift()) results.push(await runGroup(group))
}
await Promise.all([lane(), lane()])

const sum = (key) => results.reduce((total, each) => total + each[key], 0)
const [count, failures] = [sum('count'), sum('failures')]
if (count === 0) throw new Error('the documents have no examples')
process.stdout.write(`${count} examples, ${failures} of them print something else\n`)
process.exitCode = failures > 0 && !writes ? 1 : 0
