import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const entry = new URL('../../dist/service/hot-code.js', import.meta.url).href

/** What a program prints that begins with `keepCodeFast`, or without it. */
const printed = (kept: boolean, options: readonly string[], program: string): string => {
  const whole = `import { keepCodeFast } from ${JSON.stringify(entry)}
    ${kept ? 'keepCodeFast()' : ''}
    ${program}`
  const parameters = [...options, '--input-type=module', '--eval', whole]
  const { stdout, stderr } = spawnSync(process.execPath, parameters, { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout
}

describe('code that is used again and again', () => {
  it('is at its fastest after less than half as many runs', () => {
    const options = ['--allow-natives-syntax', '--no-concurrent-recompilation', '--no-use-osr']
    const program = `
      const digits = (value) => { let text = ''; for (const one of [1, 2, 3]) text += value * one; return text.length }
      let runs = 0
      while (!%ActiveTierIsTurbofan(digits) && runs < 1_000_000) { digits(runs); runs += 1 }
      console.log(runs)`
    const [before, after] = [Number(printed(false, options, program)), Number(printed(true, options, program))]
    expect(before).toBeLessThan(1_000_000)
    expect(after).toBeGreaterThan(100)
    expect(after).toBeLessThan(before / 2)
  })

  it('is not thrown away to tidy up while there is nothing to do', () => {
    // The heap has grown: by itself, V8 waits for its moment again and again; otherwise it gives up at the first.
    const delays = ['--memory-reducer-delay-ms=100', '--gc-memory-reducer-start-delay-ms=100']
    const options = ['--expose-gc', '--trace-memory-reducer', ...delays]
    const program = `
      const held = Array.from({ length: 100 }, (_, at) => new Array(100_000).fill(at + 0.5))
      gc()
      setTimeout(() => console.log(held.length), 2_500)`
    const waits = (kept: boolean): number => printed(kept, options, program).match(/waiting for/g)?.length ?? 0
    expect(waits(false)).toBeGreaterThan(waits(true) + 1)
    expect(waits(true)).toBeLessThan(2)
  })
})
