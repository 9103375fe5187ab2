// Runs every example of the documents as it stands there, against a service of its own, and compares what it prints, but for
// what differs at every run (keys, serial numbers, times). With --write it puts what was really printed into the documents.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('..', import.meta.url))
const documents = ['README.md', 'docs/configuration.md']
/** An example is a block of `console`: commands after `$ `, continued after `\`, each with what it prints. */
const block = /(```console\n)([\s\S]*?)(```)/g

const work = mkdtempSync(join(tmpdir(), 'vidimus-readme-'))
cpSync(join(project, 'examples'), join(work, 'examples'), { recursive: true })
symlinkSync(join(project, 'dist'), join(work, 'dist'))
const service = spawn(process.execPath, [join(project, 'dist/main.js')], {
  env: {
    PATH: process.env.PATH,
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: join(work, 'data'),
    ADMIN_TOKENS: 'operations=an-example-of-a-token'
  },
  stdio: ['ignore', 'pipe', 'inherit']
})

const listening = () =>
  new Promise((resolve, reject) => {
    let output = ''
    service.once('exit', () => reject(new Error(`the service did not start: ${output}`)))
    service.stdout.on('data', (chunk) => {
      output += chunk
      const address = /listening[^\n]*http:\/\/([^\s"]+)/.exec(output)?.[1]
      if (address !== undefined) resolve(address)
    })
  })

/** What is not the same twice. */
const settled = (text) =>
  text
    .replaceAll(/\b[0-9a-f]{36,64}\b/g, 'HEX')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME')
    .replaceAll(/\b\d+ (second|minute|hour|day)s?\b/g, 'SPAN')

const run = (command, address) =>
  execFileSync('bash', ['-c', command.replaceAll('localhost:8080', address)], {
    cwd: work,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` }
  }).replaceAll(address, 'localhost:8080')

const commandsOf = (text) => {
  const examples = []
  for (const line of text.split('\n').slice(0, -1)) {
    const last = examples.at(-1)
    if (line.startsWith('$ ')) examples.push({ command: line.slice(2), printed: [] })
    else if (last !== undefined && last.printed.length === 0 && last.command.endsWith('\\')) last.command += `\n${line}`
    else last?.printed.push(line)
  }
  return examples
}

/** An example that started a process and then failed must not leave it behind, to answer the next run. */
const endLeftOvers = () => {
  for (const file of globSync('*.pid', { cwd: work })) {
    try {
      process.kill(Number(readFileSync(join(work, file), 'utf8')))
    } catch {
      // It has ended, as its example says.
    }
  }
}

let failures = 0
let count = 0
try {
  const address = await listening()
  for (const document of documents) {
    const path = join(project, document)
    const after = readFileSync(path, 'utf8').replaceAll(block, (_whole, open, text, close) => {
      const examples = commandsOf(text).map(({ command, printed }) => {
        count++
        const really = run(command, address).trimEnd()
        if (settled(really) !== settled(printed.join('\n'))) {
          failures++
          process.stderr.write(`${document} shows something else for\n$ ${command}\nIt printed:\n${really}\n\n`)
        }
        return `$ ${command}\n${really === '' ? '' : `${really}\n`}`
      })
      return `${open}${examples.join('')}${close}`
    })
    if (process.argv.includes('--write')) writeFileSync(path, after)
  }
} finally {
  service.kill()
  endLeftOvers()
  rmSync(work, { recursive: true, force: true })
}
if (count === 0) throw new Error('the documents have no examples')
process.stdout.write(`${count} examples, ${failures} of them print something else\n`)
process.exitCode = failures > 0 && !process.argv.includes('--write') ? 1 : 0
