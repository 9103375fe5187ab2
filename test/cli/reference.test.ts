import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { vidimus } from '../support/command-line.ts'

const pathOf = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url))

describe('docs/reference/command-line.md', () => {
  it('is what the table of commands says', () => {
    const parameters = [pathOf('scripts/cli-reference.mjs'), '--check']
    const { status, stderr } = spawnSync(process.execPath, parameters, { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })

  it('has each command that --help lists, with each of its options', () => {
    const page = readFileSync(pathOf('docs/reference/command-line.md'), 'utf8')
    const names = [...vidimus(['--help']).output.matchAll(/^ {2}([a-z]+) {2,}[A-Z]/gm)].map(([, name = '']) => name)
    expect(names).toContain('validate')
    for (const name of names) {
      const [, section = ''] = page.split(`## vidimus ${name}\n`)
      const options = [...vidimus([name, '--help']).output.matchAll(/^ {2}(-.*)$/gm)].map(([, option = '']) => option)
      for (const option of options) expect(section.split('\n## ')[0]).toContain(`| \`${option}\` |`)
    }
  })
})
