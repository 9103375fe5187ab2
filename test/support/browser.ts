import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page
} from 'playwright-core'

/** Debian's Chromium, without a window. As root it has no sandbox of its own. */
export const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : []
  })

/** A page, and whatever it did that it must not do. */
export interface Watched {
  readonly page: Page
  readonly context: BrowserContext
  /** Faults of scripts and of the policy, dialogs, and requests to others than the service. */
  readonly misdeeds: readonly string[]
  /** What it sent to the service. */
  readonly sent: readonly { readonly method: string; readonly url: string; readonly body: string }[]
}

export const openPage = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {}
): Promise<Watched> => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const misdeeds: string[] = []
  const sent: { method: string; url: string; body: string }[] = []
  page.on('pageerror', ({ message }) => misdeeds.push(`error: ${message}`))
  page.on('console', (message) => {
    // What is not answered with 200 is told there too, and is no fault of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      misdeeds.push(`console: ${message.text()}`)
  })
  page.on('dialog', (dialog) => {
    misdeeds.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    sent.push({ method: request.method(), url: request.url(), body: request.postData() ?? '' })
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('blob:'))
      misdeeds.push(`request: ${request.url()}`)
  })
  await page.exposeFunction('misdeed', (what: string) => void misdeeds.push(what))
  await page.addInitScript(
    `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
       misdeed('policy: ' + violatedDirective + ' ' + blockedURI))`
  )
  await page.goto(`${url}/`)
  await page.locator('#trustStores input').first().waitFor()
  return { page, context, misdeeds, sent }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds, a line each: rule, element. */
export const axeFindings = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe)
  return await page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
       .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ': ' + target + ' ' + failureSummary)))`
  )
}

/** Drops files on an element, as the hand does. */
export const dropFiles = async (
  page: Page,
  selector: string,
  files: readonly { readonly name: string; readonly octets: Uint8Array }[]
): Promise<void> => {
  const given = files.map(({ name, octets }) => ({ name, base64: Buffer.from(octets).toString('base64') }))
  const dataTransfer = await page.evaluateHandle(
    `(() => {
       const made = new DataTransfer()
       for (const { name, base64 } of ${JSON.stringify(given)})
         made.items.add(new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], name))
       return made
     })()`
  )
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.locator(selector).dispatchEvent(type, { dataTransfer })
}

/** Puts text into a field at once: that Playwright types it takes seconds where it is long. */
export const put = (page: Page, selector: string, text: string): Promise<void> =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)}).value = ${JSON.stringify(text)}`)

/** Pastes text into a field, as the hand does. */
export const paste = async (page: Page, selector: string, text: string): Promise<void> => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
  await page.locator(selector).focus()
  await page.keyboard.press('Control+V')
}

/** Asks for the verdict and waits until everything about it is there: what an earlier question showed stands until it is answered. */
export const validate = async (page: Page): Promise<void> => {
  await page.locator('#submit').click()
  await page.locator('#result[aria-busy=false] :is(#repaired-title, .verdict.problem)').first().waitFor()
  const refused = await shown(page.locator('.verdict.problem'))
  if (refused !== '') throw new Error(`The page got no verdict: ${refused}`)
}

/** The text of elements as people see it, with its line breaks. */
export const shown = async (elements: Locator): Promise<string> => (await elements.allInnerTexts()).join('\n')
