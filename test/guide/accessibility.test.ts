import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { axeFindings, startBrowser } from '../support/browser.ts'
import { describeWith } from '../support/engines.ts'
import { type RunningService, startService } from '../support/service.ts'

/** One page of each make: links, sessions with what they print, tables. */
const pages = [
  '',
  'tutorial/02-private-ca.html',
  'how-to/refused.html',
  'reference/command-line.html',
  'reference/api.html',
  'confusions.html',
  'how-to/operate.html'
]

describeWith('chromium', 'the guide in Chromium', () => {
  let service: RunningService
  let browser: Browser
  beforeAll(async () => {
    service = await startService({ LOG_LEVEL: 'error' })
    browser = await startBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await service.stop()
  })

  /** Opens a page of the guide, and gives what the browser complained of, also of what it would have loaded from elsewhere. */
  const open = async (
    path: string,
    options: Parameters<Browser['newPage']>[0]
  ): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> => {
    const page = await browser.newPage(options)
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('request', (request) => {
      if (!request.url().startsWith(`${service.url}/`)) complaints.push(`asks for ${request.url()}`)
    })
    await page.goto(`${service.url}/guide/${path}`, { waitUntil: 'networkidle' })
    return { page, complaints }
  }

  it.for([
    ['light', 360],
    ['dark', 1_400]
  ] as const)(
    'has pages that everybody can read, %s and %i pixels wide',
    { timeout: 240_000 },
    async ([colorScheme, width]) => {
      for (const path of pages) {
        const { page, complaints } = await open(path, { colorScheme, viewport: { width, height: 900 } })
        expect([path, ...(await axeFindings(page))]).toEqual([path])
        const wider = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')
        expect([path, wider, complaints]).toEqual([path, false, []])
        await page.close()
      }
    }
  )

  it('copies what is typed, without prompts and what was printed', async () => {
    const { page, complaints } = await open('tutorial/03-files.html', {})
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const code = page.locator('.code', { hasText: 'combined.pem\n' }).first()
    // It says so for two seconds.
    await Promise.all([
      page.getByRole('button', { name: 'Copied' }).waitFor(),
      code.getByRole('button', { name: 'Copy' }).click()
    ])
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(
      'cat server-key.pem chain.pem > combined.pem\nchmod 600 combined.pem\n'
    )
    expect(complaints).toEqual([])
    await page.close()
  })

  it('is reached from the documentation of the API by a link', async () => {
    const page = await browser.newPage()
    await page.goto(`${service.url}/docs`)
    const link = page.getByRole('link', { name: 'Guide' })
    expect(await link.getAttribute('href', { timeout: 90_000 })).toBe(`${service.url}/guide/`)
    await page.close()
  }, 120_000)
})
