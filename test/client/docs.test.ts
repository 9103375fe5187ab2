import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleRequest } from '#dist/http/schemas/example.js'
import { describeWith } from '../support/engines.ts'
import { type RunningService, startService } from '../support/service.ts'

const page = fileURLToPath(new URL('../../docs/client.md', import.meta.url))
const client = new URL('../../dist/client/index.js', import.meta.url).href
const folder = mkdtempSync(join(tmpdir(), 'vidimus-client-docs-'))
let service: RunningService

beforeAll(async () => {
  service = await startService()
  writeFileSync(join(folder, 'chain.pem'), exampleRequest.chain)
  writeFileSync(join(folder, 'ca.pem'), exampleRequest.caBundle)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
})
afterAll(async () => {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The nth example of the page in a language, asking the service of this test at a time when its chain is valid. */
const example = (language: string, at = 0): string => {
  const blocks = [...readFileSync(page, 'utf8').matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))]
  return (blocks[at]?.[1] ?? '').replace('http://localhost:8080', service.url)
}

const atItsTime = (program: string, hostname: RegExp, time: string): string => {
  expect(program).toMatch(hostname)
  return program.replace(hostname, (found) => `${time}${found}`)
}

/** Writes the program into a file, and gives what it prints. */
const printed = async (file: string, program: string, command: string, ...parameters: string[]): Promise<string> => {
  writeFileSync(join(folder, file), program)
  const options = { cwd: folder, timeout: 110_000, env: { ...process.env, GOFLAGS: '', GO111MODULE: 'off' } }
  return (await promisify(execFile)(command, [...parameters, file], options)).stdout
}

/** The chain is of another host than the examples ask for. */
const told = /^invalid\nhostname-mismatch .*api\.example\.test.*\n$/

describe('docs/client.md', () => {
  it('has an example in TypeScript that does what it says', async () => {
    const program = atItsTime(example('ts'), /hostname: 'api\.example\.test'/, `time: '${exampleRequest.time}', `)
    const imports = `import { readFile } from 'node:fs/promises'\n`
    const text = imports + program.replace("'vidimus/client'", `'${client}'`)
    expect(await printed('ask.ts', text, process.execPath)).toMatch(told)
  })

  it('has an example of a batch that does what it says', async () => {
    const request = JSON.stringify(exampleRequest)
    const text = `import { createClient } from '${client}'
const vidimus = createClient({ url: '${service.url}' })
async function* requests() {
  yield { id: 'one', ...${request} }
  yield { id: 'two', ...${request}, hostname: '*' }
}
${example('ts', 1).replaceAll('console.error', 'console.log')}`
    expect(await printed('batch.ts', text, process.execPath)).toBe('one valid\ntwo 400 field-invalid\n')
  })
})

describeWith('python', 'docs/client.md with Python', () => {
  it('has an example that does what it says', async () => {
    const program = atItsTime(example('python'), /"hostname": "api/, `"time": "${exampleRequest.time}", `)
    expect(await printed('ask.py', program, 'python3')).toMatch(told)
  })

  it('has an example that tells of a request that is refused', async () => {
    const program = example('python').replace('api.example.test', '*')
    await expect(printed('wrong.py', program, 'python3')).rejects.toThrow('field-invalid: ')
  })
})

describeWith('go', 'docs/client.md with Go', () => {
  it('has an example that does what it says', async () => {
    const program = atItsTime(example('go'), /"hostname": "api/, `"time": "${exampleRequest.time}", `)
    expect(await printed('ask.go', program, 'go', 'run')).toMatch(told)
  }, 120_000)
})
