import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { limitSettings, settings } from '#dist/service/settings.js'

const file = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url))
const security = readFileSync(file('SECURITY.md'), 'utf8')

const defaults = new Map(
  [...Object.values(settings), ...limitSettings.values()].map((each) => [each.name, each.byDefault])
)
const rows = [...security.matchAll(/^\| `([A-Z0-9_]+)` \| (\S+) \|/gm)].map(
  ([, name = '', told = '']) => [name, told] as const
)

describe('SECURITY.md', () => {
  it('tells every limit of a validation', () => {
    const told = new Set(rows.map(([name]) => name))
    for (const { name } of limitSettings.values()) expect(told).toContain(name)
    expect(rows.length).toBeGreaterThan(20)
  })

  it.each(rows)('tells the default of %s as it is', (name, told) => {
    expect(told).toBe(String(defaults.get(name)))
  })

  it('leads to pages that are there', () => {
    const pages = [...security.matchAll(/\]\((docs\/[^)#]+)\)/g)].map(([, page = '']) => page)
    expect(pages).toContain('docs/threat-model.md')
    for (const page of pages) expect(existsSync(file(page)), page).toBe(true)
  })
})
