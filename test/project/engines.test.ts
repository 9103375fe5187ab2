import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const config = 'test/project/fixtures/engines/vitest.config.ts'
const folder = mkdtempSync(join(tmpdir(), 'vidimus-engines-'))

/** Runs a test that needs the folder of conformance cases, with `environment`. */
function runWith(environment: Readonly<Record<string, string>>): {
  readonly status: number | null
  readonly text: string
} {
  const { REQUIRE_ENGINES: _, WITHOUT_ENGINES: __, VIDIMUS_TEST_REPORT: ___, ...inherited } = process.env
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, 'run', '--config', config, '--root', root], {
    cwd: root,
    env: { ...inherited, NO_COLOR: '1', ...environment },
    encoding: 'utf8',
    timeout: 60_000
  })
  return { status, text: stdout + stderr }
}

describe('a test that needs an engine', () => {
  beforeAll(() => {
    mkdirSync(join(folder, 'here', 'conformance'), { recursive: true })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('runs where the engine is', () => {
    const { status, text } = runWith({ VIDIMUS_SHARED: join(folder, 'here'), REQUIRE_ENGINES: '1' })
    expect(text).toMatch(/Tests\s+1 passed \(1\)/)
    expect(status).toBe(0)
  })

  it('says what is missing and is skipped where it is not', () => {
    const { status, text } = runWith({ VIDIMUS_SHARED: join(folder, 'nowhere') })
    expect(text).toContain('Skipped: cases: the conformance cases are not here (VIDIMUS_SHARED names their folder)')
    expect(text).toMatch(/Tests\s+1 skipped \(1\)/)
    expect(status).toBe(0)
  })

  it('fails there when engines are required', () => {
    const { status, text } = runWith({ VIDIMUS_SHARED: join(folder, 'nowhere'), REQUIRE_ENGINES: '1' })
    expect(text).toContain('REQUIRE_ENGINES=1, but the conformance cases are not here')
    expect(status).toBe(1)
  })

  it('is skipped when engines are required and this one is left out', () => {
    const environment = {
      VIDIMUS_SHARED: join(folder, 'nowhere'),
      REQUIRE_ENGINES: '1',
      WITHOUT_ENGINES: 'docker shared'
    }
    const { status, text } = runWith(environment)
    expect(text).toContain('Skipped: cases: shared is left out by WITHOUT_ENGINES')
    expect(status).toBe(0)
  })
})
