import { describe, expect, it } from 'vitest'
import { readArguments } from '../../bench/options.ts'

describe('the arguments of the benchmark', () => {
  it('have defaults, and smaller ones for --quick', () => {
    expect(readArguments([])).toEqual({
      rounds: 15,
      requests: 1_000,
      only: [],
      json: undefined,
      crlEntries: 1_000_000,
      starts: 7
    })
    expect(readArguments(['--quick'])).toMatchObject({ rounds: 3, requests: 200, crlEntries: 100_000 })
  })

  it('are taken one by one and in lists', () => {
    const parameters = ['--only', 'rsa,ec', '--only', 'crl', '--rounds', '4', '--json', 'out.json']
    expect(readArguments(parameters)).toMatchObject({ only: ['rsa', 'ec', 'crl'], rounds: 4, json: 'out.json' })
  })

  it('are refused with a reason', () => {
    expect(readArguments(['--rounds', '0'])).toEqual({ fault: '--rounds must be from 1 to 100' })
    expect(readArguments(['--fast'])).toEqual({ fault: expect.stringContaining('--fast') })
  })
})
