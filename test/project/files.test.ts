import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = globSync('src/**/*.ts', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .sort()

describe('the files of src', () => {
  it('are at most 250 lines long', () => {
    expect(files.length).toBeGreaterThan(0)
    const long = files
      .map((file) => `${file}: ${readFileSync(`${root}/${file}`, 'utf8').split('\n').length - 1} lines`)
      .filter((line) => Number(/: (\d+) lines$/.exec(line)?.[1]) > 250)
    expect(long).toEqual([])
  })

  it('are named by what they hold, not "utils" or the like', () => {
    expect(files.filter((file) => /^(utils?|helpers?|common|misc|shared|types)\.ts$/.test(basename(file)))).toEqual([])
  })
})
