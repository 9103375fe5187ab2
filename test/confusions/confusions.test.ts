import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { describeWith } from '../support/engines.ts'
import { confusionsPage, lasting } from './page.ts'

describeWith(['openssl', 'go', 'python'], 'docs/confusions.md', () => {
  it('tells the verdicts of OpenSSL, Go and Python, and what vidimus says', () => {
    const page = readFileSync(new URL('../../docs/confusions.md', import.meta.url), 'utf8')
    expect(lasting(confusionsPage()), 'npm run confusions writes the page anew').toBe(lasting(page))
  })
})
