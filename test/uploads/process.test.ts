import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import { root, server } from '../support/authority.ts'
import { describeWith } from '../support/engines.ts'
import { untilItJudges } from '../support/judging.ts'
import { type RunningService, startService } from '../support/service.ts'
import { adminToken, ask } from '../support/store-client.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-uploads-'))
const [one, two] = [root('Root One'), root('Root Two')]
const files = { one: join(folder, 'one.pem'), two: join(folder, 'two.pem') }
writeFileSync(files.one, one.pem)
writeFileSync(files.two, two.pem)
afterAll(() => rmSync(folder, { recursive: true }))

const running: RunningService[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop()))
})
const start = async (environment: Readonly<Record<string, string>>): Promise<RunningService> => {
  const service = await startService({ ADMIN_TOKENS: `ops=${adminToken}`, ...environment })
  running.push(service)
  return service
}

describeWith('curl', 'uploading with curl', () => {
  const curl = (...parameters: readonly string[]): { readonly head: string; readonly body: string } => {
    const { stdout } = spawnSync('curl', ['-sS', '-i', ...parameters], { encoding: 'utf8' })
    const [head = '', body = ''] = stdout.split('\r\n\r\n').slice(stdout.startsWith('HTTP/1.1 100') ? 1 : 0)
    return { head, body }
  }
  const bearer = ['-H', `authorization: Bearer ${adminToken}`]
  const pem = ['-H', 'content-type: application/x-pem-file']

  it('goes as a person would do it: upload, look, change under a condition, go back, and restart', async () => {
    const dataDir = join(folder, 'curl')
    let service = await start({ DATA_DIR: dataDir })
    const store = `${service.url}/trust-stores/corporate`
    const made = curl('-T', files.one, ...pem, ...bearer, store)
    expect(made.head).toContain('HTTP/1.1 201 Created')
    const etag = /^etag: (.*)$/im.exec(made.head)?.[1]?.trim() ?? ''
    expect(curl('-H', 'accept: application/x-pem-file', store).body).toBe(`# CN=Root One\n${one.pem}`)
    expect(
      curl('-F', `certificates=@${files.two}`, '-X', 'PUT', ...bearer, '-H', `if-match: ${etag}`, `${store}?mode=add`)
        .head
    ).toContain(' 200 ')
    expect(curl('-T', files.one, ...pem, ...bearer, '-H', `if-match: ${etag}`, store).head).toContain(' 412 ')
    expect(curl('-T', files.one, ...pem, store).head).toMatch(/ 401 [\s\S]*www-authenticate: Bearer/i)
    expect(curl('-X', 'POST', ...bearer, `${store}/versions/1/restore`).body).toContain('"version":"3"')
    const chain = join(folder, 'chain.pem')
    writeFileSync(chain, server(one).pem)
    const validate = ['--data-binary', `@${chain}`, ...pem]
    expect(curl(...validate, `${service.url}/validate?trustStores=corporate`).body).toContain('"valid":true')
    expect(await service.stop()).toBe(0)

    service = await start({ DATA_DIR: dataDir, DEFAULT_TRUST_STORES: 'corporate' })
    const verdict = JSON.parse(curl(...validate, `${service.url}/validate`).body)
    expect(verdict).toMatchObject({ valid: true, trust: [{ name: 'corporate', version: '3' }] })
    const log = running.map((each) => each.output()).join('')
    expect(log).toContain('"msg":"trust store changed"')
    expect(log).not.toContain(adminToken)
  })
})

describeWith([], 'a service that cannot keep anything', () => {
  it('validates, is ready, and answers uploads with 507, where DATA_DIR cannot be made', async () => {
    const service = await start({ DATA_DIR: join(files.one, 'data'), CA_FILES: `mine=${files.two}` })
    expect((await fetch(new URL('/health/ready', service.url))).status).toBe(200)
    const answer = await ask(service, 'PUT', '/trust-stores/new', { body: one.pem })
    expect([answer.status, answer.body.code]).toEqual([507, 'storage-unavailable'])
    const verdict = await fetch(new URL('/validate', service.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chain: server(two).pem })
    })
    expect(await verdict.json()).toMatchObject({ valid: true, trust: [{ name: 'mine' }] })
  })

  it('answers 507 and serves the old version, where the disk is full', async () => {
    const dataDir = join(folder, 'full')
    const before = await start({ DATA_DIR: dataDir })
    const made = await ask(before, 'PUT', '/trust-stores/mine', { body: one.pem })
    expect(made.status).toBe(201)
    await before.stop()
    // No file may grow over 64 KiB: what a full disk is to who writes.
    const service = await startService({ ADMIN_TOKENS: adminToken, DATA_DIR: dataDir }, { maxFileBytes: 65_536 })
    running.push(service)
    const large = Array.from({ length: 300 }, (_, at) => root(`Root ${at}`, { key: one.key }).pem).join('')
    await untilItJudges(service)
    const refused = await ask(service, 'PUT', '/trust-stores/mine', { body: large })
    expect([refused.status, refused.body.code]).toEqual([507, 'storage-unavailable'])
    const served = await ask(service, 'GET', '/trust-stores/mine')
    expect(served.body).toMatchObject({ version: '1', digest: made.body.digest })
    expect((await fetch(new URL('/health/ready', service.url))).status).toBe(200)
  })
})

describeWith([], 'tokens of a file', () => {
  it('are taken and dropped while the service runs', async () => {
    const path = join(folder, 'tokens')
    writeFileSync(path, `# who may\nfirst=${adminToken}\n`)
    const service = await start({ ADMIN_TOKENS: '', ADMIN_TOKENS_FILE: path })
    expect((await ask(service, 'PUT', '/trust-stores/mine', { body: one.pem })).status).toBe(201)
    const rotated = `${adminToken}-2`
    writeFileSync(path, `second=${rotated}\n`)
    expect((await ask(service, 'PUT', '/trust-stores/mine', { body: two.pem })).status).toBe(401)
    const headers = { authorization: `Bearer ${rotated}` }
    expect((await ask(service, 'PUT', '/trust-stores/mine', { body: two.pem, headers })).status).toBe(200)
    rmSync(path)
    expect((await ask(service, 'PUT', '/trust-stores/mine', { body: one.pem, headers })).status).toBe(403)
    // The log comes through a pipe, and may come after the answer.
    await expect.poll(() => service.output()).toContain('cannot be read: ENOENT')
    expect(service.output()).not.toContain(readableParts(adminToken))
  })

  it('keep the service from starting where they cannot be read', async () => {
    await expect(start({ ADMIN_TOKENS_FILE: join(folder, 'none') })).rejects.toThrow('ADMIN_TOKENS_FILE: ')
    writeFileSync(join(folder, 'short'), 'hunter2\n')
    const refused = start({ ADMIN_TOKENS_FILE: join(folder, 'short') })
    await expect(refused).rejects.toThrow('line 1 has a token of 7 characters')
    await expect(refused).rejects.not.toThrow('hunter2')
    await expect(start({ ADMIN_TOKENS: 'hunter2' })).rejects.toThrow(/ADMIN_TOKENS must be tokens[\s\S]*entry 1/)
    expect(readFileSync(join(folder, 'short'), 'utf8')).toBe('hunter2\n')
  })
})

/** What would be in a log that shows a token, wherever it was cut. */
const readableParts = (text: string): string => text.slice(0, 12)
