import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const entry = new URL('../../dist/service/optimise-sooner.js', import.meta.url).href

/** Runs of a function, from when `prepare` has run, until V8 has made its fastest code of it. */
const runsUntilFast = (prepare: string): number => {
  const program = `
    import { optimiseSooner } from ${JSON.stringify(entry)}
    ${prepare}
    const digits = (value) => { let text = ''; for (const one of [1, 2, 3]) text += value * one; return text.length }
    let runs = 0
    while (!%ActiveTierIsTurbofan(digits) && runs < 1_000_000) { digits(runs); runs += 1 }
    console.log(runs)`
  const options = ['--allow-natives-syntax', '--no-concurrent-recompilation', '--no-use-osr', '--input-type=module']
  const { stdout, stderr } = spawnSync(process.execPath, [...options, '--eval', program], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return Number(stdout)
}

describe('code that is optimised sooner', () => {
  it('is at its fastest after less than half as many runs', () => {
    const [before, after] = [runsUntilFast(''), runsUntilFast('optimiseSooner()')]
    expect(before).toBeLessThan(1_000_000)
    expect(after).toBeGreaterThan(100)
    expect(after).toBeLessThan(before / 2)
  })
})
