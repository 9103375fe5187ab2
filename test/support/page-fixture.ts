import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { openPage, startBrowser, type Watched } from './browser.ts'
import { past, today } from './page-chains.ts'
import { type RunningService, startService } from './service.ts'

/** The service, with the trust stores `today` and `past`, and pages of it: after each test none has done what it must not do. */
export interface PageFixture {
  readonly url: () => string
  readonly open: (options?: BrowserContextOptions) => Promise<Watched>
}

export const pageFixture = (): PageFixture => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-page-'))
  const opened: Watched[] = []
  let service: RunningService
  let browser: Browser
  beforeAll(async () => {
    writeFileSync(join(folder, 'today.pem'), today.pem)
    writeFileSync(join(folder, 'past.pem'), past.pem)
    const stores = `today=${join(folder, 'today.pem')},past=${join(folder, 'past.pem')}`
    ;[service, browser] = await Promise.all([startService({ CA_FILES: stores }), startBrowser()])
  })
  afterEach(async () => {
    for (const { context, misdeeds } of opened.splice(0)) {
      await context.close()
      expect(misdeeds).toEqual([])
    }
  })
  afterAll(async () => {
    await browser.close()
    await service.stop()
    rmSync(folder, { recursive: true })
  })
  return {
    url: () => service.url,
    open: async (options) => {
      const watched = await openPage(browser, service.url, options)
      opened.push(watched)
      return watched
    }
  }
}
