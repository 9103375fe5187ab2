import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import type { Verdict } from '#dist/core/model/verdict.js'
import { root, server } from '../support/authority.ts'
import { dropFiles, paste, put, shown, validate } from '../support/browser.ts'
import { describeWith } from '../support/engines.ts'
import { crossSigned, expired, issuing, leaf, leafKey, today } from '../support/page-chains.ts'
import { pageFixture } from '../support/page-fixture.ts'

describeWith(['chromium', 'curl'], 'the page, in Chromium', () => {
  const { open, url } = pageFixture()

  it('shows a valid chain: who vouches, the path, what was given up, the timeline, the chain put right', async () => {
    const { page } = await open()
    await paste(page, '#chain', leaf.pem + crossSigned.pem + issuing.pem + leaf.pem)
    await page.fill('#hostname', 'api.example.test')
    await validate(page)
    expect(await shown(page.locator('#verdict-title'))).toBe('Valid')
    expect(await shown(page.locator('.sentence'))).toBe('api.example.test is vouched for by Example Root R1.')
    expect(await page.locator('#announcement').textContent()).toBe(
      'Valid. api.example.test is vouched for by Example Root R1.'
    )
    const names = await page.locator('.main-path .name').allInnerTexts()
    expect(names).toEqual(['api.example.test', 'Example Issuing CA', 'Example Root R1'])
    expect(await page.locator('.main-path .state').allInnerTexts()).toEqual(['In order', 'In order', 'Trusted'])
    expect(await page.locator('.branches .name').allInnerTexts()).toEqual(['Example Issuing CA', 'Example Old Root'])
    // They are drawn with the next frame.
    await expect.poll(() => page.locator('.edges path').count()).toBe(4)
    expect(await shown(page.locator('.attempts .reasons'))).toContain('Example Old Root: The certificate expired')
    expect(await shown(page.locator('[aria-labelledby=timeline-title] strong').first())).toBe(
      'Valid from 2025-06-01 until 2035-01-01.'
    )
    expect(await shown(page.locator('[aria-labelledby=repaired-title] pre'))).toBe(leaf.pem + issuing.pem)
    await page.locator('#certificate-1 summary').click()
    expect(await shown(page.locator('#certificate-1 dl'))).toMatch(/CA\nyes[\s\S]*SPKI pin\n[\w+/=]{44}/)
  })

  it('explains a broken chain: which certificate, which rule, what to do, and more on request', async () => {
    const { page, sent } = await open()
    await put(page, '#chain', expired.pem + issuing.pem)
    await page.fill('#hostname', 'www.example.test')
    await validate(page)
    expect(await shown(page.locator('.sentence'))).toBe('api.example.test is not valid, for 2 reasons.')
    const [first] = await page.locator('.finding').all()
    expect(await shown(page.locator('.finding').first())).toMatch(
      /^The certificate expired on 2025-11-01T00:00:00Z[\s\S]*Certificate\napi\.example\.test · end entity · chain\[0\]\nWhat to do\nRenew the certificate[\s\S]*Rule\nRFC 5280 §6\.1\.3 \(a\)\(2\) · expired/
    )
    expect(await first?.locator('a', { hasText: 'expired' }).getAttribute('href')).toBe('errors/expired')
    expect(await page.locator('#certificate-0 .chip').allInnerTexts()).toEqual([
      'At fault',
      'expired',
      'hostname-mismatch'
    ])
    expect(sent.filter(({ url }) => url.includes('/errors/'))).toEqual([])
    await first?.locator('summary').click()
    await first?.locator('pre').waitFor()
    expect(await shown(page.locator('.explained').first())).toContain('openssl x509 -in cert.pem -noout -dates')
    expect(await shown(page.locator('.explained').first())).toContain('CertificateExpiredException')
  })

  it('applies what would make it valid, and shows in the form what it asked', async () => {
    const { page } = await open()
    await put(page, '#chain', expired.pem + issuing.pem)
    await page.fill('#hostname', 'www.example.test')
    await validate(page)
    expect(await shown(page.locator('.changes p').first())).toContain('Ask for the name api.example.test.')
    await page.locator('.changes button').first().click()
    await page.locator('.verdict.valid').waitFor()
    expect(await page.inputValue('#hostname')).toBe('api.example.test')
    expect(await page.inputValue('#time')).toBe('2025-11-01T00:00')
    expect(await page.locator('.more').getAttribute('open')).toBe('')
    expect(await page.evaluate('document.activeElement.id')).toBe('verdict-title')
  })

  it('shows an example, which one can go on from', async () => {
    const { page } = await open()
    await page.locator('#example').click()
    await page.locator('#repaired-title').waitFor()
    expect(await page.locator('.finding a > code').allInnerTexts()).toEqual(['hostname-mismatch'])
    expect(await shown(page.locator('.attempts .reasons'))).toContain('Example Root 2006: The certificate expired')
    await page.locator('.changes button').first().click()
    await page.locator('.verdict.valid').waitFor()
    expect(await page.inputValue('#hostname')).toBe('www.example.test')
    expect(await shown(page.locator('[aria-labelledby=timeline-title] > p'))).toContain(
      'Valid from 2026-08-15 until 2026-11-13.'
    )
  })

  it('puts the root that would have to be trusted at the end of the CA certificates', async () => {
    const { page } = await open()
    const own = root('A Root of One Own')
    await put(page, '#chain', server(own, 'own.example.test').pem + own.pem)
    await validate(page)
    await page.locator('.changes button').first().click()
    await page.locator('.verdict.valid').waitFor()
    expect(await page.inputValue('#caBundle')).toBe(own.pem)
  })

  it('takes files that are dropped: text of any encoding, DER, each where it was dropped', async () => {
    const { page } = await open()
    const utf16 = Buffer.from(`\ufeff${leaf.pem}`, 'utf16le')
    await dropFiles(page, 'h1', [
      { name: 'leaf.pem', octets: utf16 },
      { name: 'issuing.der', octets: issuing.der }
    ])
    await page.locator('#announcement', { hasText: '2 of 2 files added.' }).waitFor({ state: 'attached' })
    await dropFiles(page, '#caBundle', [
      { name: 'empty.pem', octets: new Uint8Array() },
      { name: 'root.der', octets: today.der }
    ])
    await page
      .locator('#announcement', { hasText: '1 of 2 files added. empty.pem is empty.' })
      .waitFor({ state: 'attached' })
    expect(await page.inputValue('#chain')).toBe(leaf.pem + issuing.pem)
    expect(await page.inputValue('#caBundle')).toBe(today.pem)
    await validate(page)
    expect(await shown(page.locator('.sentence'))).toBe('api.example.test is vouched for by Example Root R1.')
    expect(await shown(page.locator('.asof'))).toContain('trusted: your CA certificates.')
  })

  it('takes files that are chosen, a PKCS#7 bundle among them', async () => {
    const { page } = await open()
    const { chain } = await fetch(`${url()}/chain`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/pkcs7-mime' },
      body: JSON.stringify({ chain: leaf.pem + issuing.pem })
    }).then(async (answer) => ({ chain: Buffer.from(await answer.arrayBuffer()) }))
    const choosing = page.waitForEvent('filechooser')
    await page.locator('button[data-pick=chain]').click()
    await (await choosing).setFiles({ name: 'chain.p7b', mimeType: 'application/pkcs7-mime', buffer: chain })
    await expect.poll(() => page.inputValue('#chain')).toMatch(/^-----BEGIN PKCS7-----/)
    await validate(page)
    expect(await shown(page.locator('#verdict-title'))).toBe('Valid')
  })

  it('gives a command line of curl that gets the same verdict, and copies it and the chain', async () => {
    const { page, context } = await open()
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await put(page, '#chain', `It's "mine": $(false) \`x\` – ü\n${leafKey}${leaf.pem}${issuing.pem}`)
    await page.fill('#hostname', 'www.example.test')
    await page.locator('#store-3').check()
    await validate(page)
    const command = await shown(page.locator('[aria-labelledby=curl-title] pre'))
    expect(command).not.toMatch(/PRIVATE KEY/)
    // It says so for two seconds.
    await Promise.all([
      page.locator('button', { hasText: 'Copied' }).waitFor(),
      page.locator('button', { hasText: 'Copy the command' }).click()
    ])
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(command)
    const verdict: Verdict = JSON.parse(execFileSync('bash', ['-c', command], { encoding: 'utf8', timeout: 20_000 }))
    expect(verdict.errors.map(({ code }) => code)).toEqual(
      await page.locator('.findings:not(.warnings *) > .finding a > code').allInnerTexts()
    )
    expect(verdict.trust.map(({ name }) => name)).toEqual(['past'])
    await page.locator('button', { hasText: 'Copy the chain' }).click()
    await expect
      .poll(() => page.evaluate('navigator.clipboard.readText()'))
      .toBe(await shown(page.locator('[aria-labelledby=repaired-title] pre')))
  })

  it('tells of a private key whether it belongs there, and sends it nowhere but to its comparison', async () => {
    const { page, sent } = await open()
    await put(page, '#chain', leaf.pem + issuing.pem + leafKey)
    await validate(page)
    expect(await shown(page.locator('.key'))).toMatch(
      /^The private key belongs to the first certificate\.\n+It stands after/
    )
    const secret = leafKey.split('\n')[1] ?? ''
    expect(sent.filter(({ body, url }) => body.includes(secret) || url.includes(secret)).map(({ url }) => url)).toEqual(
      [`${url()}/validate`]
    )
    expect(await page.locator('#result').innerHTML()).not.toContain(secret)
    expect(page.url()).toBe(`${url()}/`)
    await put(page, '#chain', expired.pem + issuing.pem + leafKey)
    await validate(page)
    expect(await shown(page.locator('.key'))).toMatch(/^The private key is of another certificate\./)
  })

  it('shows where the service finds fault with what was asked', async () => {
    const { page } = await open()
    await put(page, '#chain', `A chain:\n${leaf.pem}`)
    await page.fill('#hostname', '*.example.test')
    await page.locator('#submit').click()
    await page.locator('.verdict.problem').waitFor()
    expect(await shown(page.locator('.places'))).toMatch(/^hostname: \*\.example\.test has a wildcard; .* Go there$/)
    expect(await page.locator('#hostname').getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator('#hostname').getAttribute('aria-describedby')).toBe('hostname-hint fault-hostname')
    await page.locator('.places button').click()
    expect(await page.evaluate('document.activeElement.id')).toBe('hostname')
    await page.fill('#hostname', 'api.example.test')
    await put(page, '#chain', 'one\ntwo\n-----BEGIN CERTIFICATE-----\nzz\n-----END CERTIFICATE-----\n')
    await page.locator('#submit').click()
    await page.locator('button', { hasText: 'Go to line 3' }).click()
    expect(await page.locator('#hostname').getAttribute('aria-invalid')).toBeNull()
    const selected =
      'document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)'
    expect(await page.evaluate(selected)).toBe('-----BEGIN CERTIFICATE-----')
  })

  it('says that a field is no value before it asks, and that nobody answers when nobody does', async () => {
    const { page, sent, context } = await open()
    await page.locator('.more > summary').click()
    await put(page, '#chain', leaf.pem)
    await page.fill('#others', '["keyUsage"]')
    await page.locator('#submit').click()
    await page.locator('#fault-others', { hasText: 'It must be a JSON object.' }).waitFor()
    expect(sent.filter(({ method }) => method === 'POST')).toEqual([])
    await page.fill('#others', '{"keyUsage": ["keyCertSign"]}')
    await validate(page)
    expect(await page.locator('.finding a > code').allInnerTexts()).toContain('key-usage-mismatch')
    await context.setOffline(true)
    await page.locator('#submit').click()
    await page.locator('#verdict-title', { hasText: 'The service cannot be reached' }).waitFor()
    await context.setOffline(false)
    await page.locator('#clear').click()
    expect(await page.inputValue('#chain')).toBe('')
    expect(await shown(page.locator('.initial'))).toBe('Nothing has been seen yet.')
  })

  it('can be used with the keyboard alone', async () => {
    const { page } = await open()
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const focused = (): Promise<unknown> =>
      page.evaluate('document.activeElement.id || document.activeElement.textContent')
    await press('Tab')
    expect(await focused()).toBe('Skip to the form')
    await press('Enter', 'Tab')
    expect(await focused()).toBe('chain')
    await page.keyboard.insertText(expired.pem + issuing.pem)
    await press('Tab', 'Tab')
    expect(await focused()).toBe('hostname')
    await page.keyboard.insertText('api.example.test')
    await press('Enter')
    await page.locator('#repaired-title').waitFor()
    expect(await focused()).toBe('verdict-title')
    await press('Tab')
    expect(await focused()).toBe('api.example.test')
    await press('Enter')
    expect(await page.evaluate('location.hash')).toBe('#certificate-0')
    await press('Tab', 'Space')
    expect(await page.locator('#certificate-0 details').getAttribute('open')).toBe('')
    await page.locator('#verdict-title').focus()
    await press('Tab', 'Tab', 'Tab', 'Enter')
    await page.locator('.finding pre').waitFor()
    await press('Tab', 'Tab')
    expect(await focused()).toBe('Apply and validate')
    await press('Enter')
    await page.locator('.verdict.valid').waitFor()
    await expect.poll(focused).toBe('verdict-title')
  })
})
