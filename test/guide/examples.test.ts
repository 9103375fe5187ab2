import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { describeWith } from '../support/engines.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const script = fileURLToPath(new URL('../../scripts/examples.mjs', import.meta.url))

/** What it prints, on both ways out, and its exit status. */
const run = (documents: readonly string[]): Promise<{ readonly printed: string; readonly status: number | null }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...documents], { stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        printed += text
      })
    }
    child.once('close', (status) => resolve({ printed, status }))
  })

/** Documents that show what commands print; those of the README are another test's. */
const documents = globSync('docs/**/*.md', { cwd: root })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name !== 'docs/configuration.md')
  .filter((name) => readFileSync(`${root}/${name}`, 'utf8').includes('```console\n'))
  .sort()

describeWith(['openssl', 'curl'], 'the tutorial and the how-to pages', () => {
  it('show what their commands really print', async () => {
    expect(documents.length).toBeGreaterThan(12)
    const { printed, status } = await run(documents)
    expect(printed).toMatch(/^(?:[1-9]\d{2}) examples, 0 of them print something else\n$/)
    expect(status).toBe(0)
  }, 450_000)
})
