import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { authentication } from '#dist/http/authentication.js'
import { Problem } from '#dist/http/problem.js'
import { listedTokens } from '#dist/service/admin-tokens.js'
import { administrators } from '#dist/service/administrators.js'

const token = 'a-token-of-the-tests'

const open = (delay: number) => {
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) })
  const who = administrators(listedTokens(`ops=${token}`).tokens, undefined, () => undefined)
  const authenticate = authentication({ administrators: who, log, delay })
  /** The label, or the code of the problem. */
  const present = async (given: string): Promise<string> => {
    try {
      return await authenticate({ id: 'id', headers: { authorization: `Bearer ${given}` } })
    } catch (error) {
      return error instanceof Problem ? error.document.code : String(error)
    }
  }
  return { lines, present }
}

describe('wrong tokens', () => {
  it('are answered late', async () => {
    const { present } = open(60)
    const start = performance.now()
    expect(await present('x'.repeat(20))).toBe('not-authenticated')
    expect(performance.now() - start).toBeGreaterThanOrEqual(59)
  })

  it('wait at a time only in a small number, and never keep out who has the right one', async () => {
    const { present, lines } = open(2_000)
    const crowd = Array.from({ length: 100 }, () => present('x'.repeat(20)))
    const start = performance.now()
    expect(await present(token)).toBe('ops')
    expect(performance.now() - start).toBeLessThan(1_500)
    const codes = await Promise.all(crowd)
    expect(codes.filter((code) => code === 'not-authenticated')).toHaveLength(32)
    expect(codes.filter((code) => code === 'rate-limited')).toHaveLength(68)
    expect(lines).toHaveLength(60)
    expect(lines.join('')).not.toContain('xxxx')
    expect(await present('x'.repeat(20))).toBe('not-authenticated')
  })
})
