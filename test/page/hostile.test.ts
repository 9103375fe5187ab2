import { expect, it } from 'vitest'
import { alternativeNames, extension, intermediate, issue, root, server } from '../support/authority.ts'
import { axeFindings, put, shown, validate } from '../support/browser.ts'
import { oid, sequence, tlv } from '../support/der-writer.ts'
import { describeWith } from '../support/engines.ts'
import { pageFixture } from '../support/page-fixture.ts'

const markup = '<img src=x onerror=misdeed("img")>"><script>misdeed("script")</script><svg onload=misdeed("svg")>'
const entities = '&lt;img src=x onerror=misdeed("entity")&gt; {{7*7}} </textarea></pre><style>*{display:none}</style>'
const hidden = 'pay\u202Etxt.exe\u202C\u200Bpal\u2066\u{E0041}\uFEFF\r\n\u0000\u001B[31m.example.test'
const long = 'A'.repeat(8_192)

/** caIssuers that a browser would run if it were a link. */
const issuers = extension(
  '1.3.6.1.5.5.7.1.1',
  sequence(sequence(oid('1.3.6.1.5.5.7.48.2'), tlv(0x86, Buffer.from('javascript:misdeed("link")'))))
)

const foul = (text: string, above = root(`Root ${text}`)) => {
  const between = intermediate(above, `CA ${text}`)
  const names = alternativeNames([text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 200), 'javascript:misdeed(1)'])
  return { above, between, leaf: issue({ subject: text, issuer: between, extensions: [names, issuers] }) }
}

describeWith('chromium', 'a hostile certificate injects nothing into the page', () => {
  const { open, url } = pageFixture()

  it.for([
    ['markup', markup],
    ['entities, templates and closing tags', entities],
    ['characters that hide, reorder and control', hidden],
    ['8 KiB without a space', long]
  ] as const)('%s', async ([, text]) => {
    const { page } = await open({ viewport: { width: 360, height: 740 } })
    const { above, between, leaf } = foul(text)
    const before = await page.evaluate('document.querySelectorAll("script, style, img, svg, link, iframe").length')
    await put(page, '#chain', leaf.pem + server(between, 'other.example.test').pem + between.pem)
    await put(page, '#caBundle', above.pem)
    await page.fill('#hostname', 'www.example.test')
    await validate(page)
    for (const summary of await page.locator('#result summary').all()) await summary.click()
    // The seal and the edges are drawn by the page itself.
    const after = await page.evaluate(
      'document.querySelectorAll("script, style, img, link, iframe, svg:not(.seal, .edges)").length'
    )
    expect(after).toBe(before)
    const all = await shown(page.locator('#result'))
    expect(all).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff\u{e0000}-\u{e0fff}]/u)
    const links = await page.evaluate<string[]>(
      '[...document.querySelectorAll("#result a")].map(({ protocol, origin }) => protocol === "blob:" ? "blob" : origin)'
    )
    expect([...new Set(links)].sort()).toEqual(['blob', url()])
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
    expect(await axeFindings(page)).toEqual([])
  })

  it('shows what is hidden as escapes, and markup as the text that it is', async () => {
    const { page } = await open()
    await put(page, '#chain', foul(hidden).leaf.pem)
    await validate(page)
    expect(await shown(page.locator('.main-path .name').first())).toMatch(/^pay\\e2\\80\\aetxt\.exe/)
    await put(page, '#chain', foul(markup).leaf.pem)
    await validate(page)
    expect(await shown(page.locator('.main-path .name').first())).toBe(markup)
  })

  it('takes names of files, trust stores and texts of fields for text too', async () => {
    const { page } = await open()
    const name = `${markup}.pem`
    await page.locator('#picker').setInputFiles({ name, mimeType: '', buffer: Buffer.alloc(0) })
    await page.locator('#announcement', { hasText: `${name} is empty.` }).waitFor({ state: 'attached' })
    await put(page, '#chain', root('Root').pem)
    await page.fill('#hostname', markup)
    await page.locator('#submit').click()
    await page.locator('.verdict.problem').waitFor()
    expect(await page.locator('#result').locator('img, script, svg').count()).toBe(0)
  })
})
