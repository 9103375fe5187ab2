import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { describeWith } from '../support/engines.ts'

describeWith(['openssl', 'curl'], 'README', () => {
  it('shows what its examples really print', () => {
    const script = fileURLToPath(new URL('../../scripts/examples.mjs', import.meta.url))
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'README.md'], {
      encoding: 'utf8',
      timeout: 100_000
    })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^(?:[1-9]\d+) examples, 0 of them/)
    expect(status).toBe(0)
  }, 120_000)
})
