import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('../../scripts/count-tests.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'vidimus-count-'))

function file(status: string, ...tests: readonly string[]): object {
  return { status, assertionResults: tests.map((outcome) => ({ status: outcome })) }
}

/** What the script prints and ends with for a run of `files`; without any, for a run that wrote no results. */
function count(files: readonly object[] | undefined, ...others: readonly string[]): readonly [string, number | null] {
  const report = join(folder, `${crypto.randomUUID()}.json`)
  if (files !== undefined) writeFileSync(report, JSON.stringify({ testResults: files }))
  const { stdout, status } = spawnSync(process.execPath, [script, report, ...others], { encoding: 'utf8' })
  return [stdout, status]
}

describe('the count of tests', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('adds up files, and takes what was not run for skipped', () => {
    const files = [file('passed', 'passed', 'passed', 'skipped'), file('passed', 'passed', 'pending', 'todo')]
    expect(count(files)).toEqual(['3 passed, 0 failed, 3 skipped\n', 0])
  })

  it('fails when a test failed', () => {
    expect(count([file('failed', 'passed', 'failed')])).toEqual(['1 passed, 1 failed, 0 skipped\n', 1])
  })

  it('takes a file that could not be loaded for a failure', () => {
    expect(count([file('passed', 'passed'), file('failed')])).toEqual(['1 passed, 1 failed, 0 skipped\n', 1])
  })

  it('adds the checks beside the tests that failed', () => {
    expect(count([file('passed', 'passed')], '2')).toEqual(['1 passed, 2 failed, 0 skipped\n', 1])
  })

  it('fails when the run failed and no test is to blame', () => {
    expect(count([file('passed', 'passed')], '0', '1')).toEqual(['1 passed, 1 failed, 0 skipped\n', 1])
  })

  it('fails when no test passed, or there are no results', () => {
    expect(count([])).toEqual(['0 passed, 0 failed, 0 skipped\n', 1])
    expect(count([file('passed', 'skipped')])).toEqual(['0 passed, 0 failed, 1 skipped\n', 1])
    expect(count(undefined)).toEqual(['0 passed, 0 failed, 0 skipped\n', 1])
  })
})
