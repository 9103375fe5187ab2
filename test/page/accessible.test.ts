import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { axeFindings, put, validate } from '../support/browser.ts'
import { describeWith } from '../support/engines.ts'
import { crossSigned, expired, issuing, leaf, leafKey } from '../support/page-chains.ts'
import { pageFixture } from '../support/page-fixture.ts'

/** Where pictures of every state go, for people to look at: a folder, or nowhere. */
const pictures = process.env['VIDIMUS_SCREENSHOTS']

const states: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  start: async (page) => {
    await page.locator('.more > summary').click()
  },
  valid: async (page) => {
    await put(page, '#chain', leafKey + leaf.pem + crossSigned.pem + issuing.pem)
    await validate(page)
    for (const summary of await page.locator('.main-path summary').all()) await summary.click()
  },
  broken: async (page) => {
    await put(page, '#chain', expired.pem + crossSigned.pem + issuing.pem)
    await page.fill('#hostname', 'www.example.test')
    await validate(page)
    await page.locator('.finding summary').first().click()
    await page.locator('.finding pre').first().waitFor()
  },
  refused: async (page) => {
    await put(page, '#chain', 'one\ntwo\n-----BEGIN CERTIFICATE-----\nzz\n-----END CERTIFICATE-----\n')
    await page.locator('#submit').click()
    await page.locator('.verdict.problem').waitFor()
  }
}

const views = {
  'in the light': { colorScheme: 'light' },
  'in the dark': { colorScheme: 'dark' },
  'on a phone': { colorScheme: 'light', viewport: { width: 360, height: 740 } },
  'in colours of the system': { colorScheme: 'dark', forcedColors: 'active' }
} as const

describeWith('chromium', 'the page is for everybody', () => {
  const { open } = pageFixture()

  it.for(Object.entries(views))(
    '%s axe finds nothing in any state, and nothing is wider than the page',
    { timeout: 180_000 },
    async ([view, options]) => {
      const { page } = await open(options)
      for (const [state, reach] of Object.entries(states)) {
        await page.locator('#clear').click()
        await reach(page)
        if (pictures !== undefined) {
          mkdirSync(pictures, { recursive: true })
          await page.screenshot({ path: join(pictures, `${state} ${view}.png`), fullPage: true })
        }
        expect([state, await axeFindings(page)]).toEqual([state, []])
        expect([state, await page.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([state, 0])
      }
      expect(await page.evaluate('getComputedStyle(document.documentElement).scrollBehavior')).toBe('auto')
    }
  )
})
