import { describe, expect, it } from 'vitest'
import { connectionsWithin, processLimits } from '#dist/open-files.js'

const limits = (files: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${files}                 20000                files\n`

describe('the files that the process may open', () => {
  it.each([
    ['1024', 512],
    ['20000', 16_384],
    ['100', 1],
    ['unlimited', 16_384]
  ])('bound its connections: %s', (files, connections) => {
    expect(connectionsWithin(16_384, limits(files))).toBe(connections)
  })

  it('are told by Linux, and bound nothing elsewhere', () => {
    expect(connectionsWithin(16_384, '')).toBe(16_384)
    if (process.platform === 'linux') expect(processLimits()).toMatch(/^Max open files +\d+/m)
  })
})
