import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { version } from '#dist/version.js'

it('says the version that package.json says', () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(manifest).toMatchObject({ version })
})
