import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWith } from '../support/engines.ts'
import { freePort } from '../support/free-port.ts'
import { type RunningService, startService } from '../support/service.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(join(root, 'docs/how-to/client-certificates.md'), 'utf8')
const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? ''

describeWith(['openssl', 'curl', 'nginx'], 'client certificates behind nginx, as docs/how-to shows them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-nginx-'))
  const ended: (() => void)[] = []
  let service: RunningService
  let port = 0

  const shell = (command: string): string =>
    execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

  const started = (command: string, ...parameters: string[]): ChildProcess => {
    const child = spawn(command, parameters, { cwd: folder, stdio: 'ignore' })
    ended.push(() => child.kill())
    return child
  }

  beforeAll(async () => {
    shell(`sh '${join(root, 'examples/make-certificates.sh')}' demo`)
    shell('cp demo/issuing.pem issuing.pem')
    for (const command of page.matchAll(/^\$ ((?:printf|openssl) .*)$/gm)) shell(command[1] ?? '')
    writeFileSync(join(folder, 'escaped.txt'), encodeURIComponent(readFileSync(join(folder, 'client.pem'), 'utf8')))
    service = await startService({ CA_FILES: `clients=${join(folder, 'demo/root.pem')}` })
    const application = await freePort()
    port = await freePort()
    const program = block('js').replace('http://localhost:8080', service.url).replace('3000', String(application))
    writeFileSync(join(folder, 'application.mjs'), program)
    const server = block('nginx')
      .replace(
        'listen 443 ssl;',
        `listen 127.0.0.1:${port} ssl; ssl_certificate ${folder}/demo/chain.pem; ssl_certificate_key ${folder}/demo/server-key.pem;`
      )
      .replace('127.0.0.1:3000', `127.0.0.1:${application}`)
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (each) => `${each}_temp_path ${folder}/tmp;`
    )
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;\nevents {}\nhttp { access_log off; ${temporary.join(' ')}\n${server}}\n`
    )
    started(process.execPath, 'application.mjs')
    started('nginx', '-p', folder, '-c', join(folder, 'nginx.conf'))
    // nginx answers 502 until the application listens.
    for (let tries = 0; tries < 200 && [0, 502].includes(ask('').status); tries++) await elapsed(100)
  }, 60_000)

  afterAll(async () => {
    for (const end of ended) end()
    await service.stop()
    for (let tries = 0; tries < 50 && existsSync(join(folder, 'nginx.pid')); tries++) await elapsed(100)
    rmSync(folder, { recursive: true, force: true })
  })

  /** What the server answers a client; status 0 where it does not answer. */
  const ask = (parameters: string): { readonly status: number; readonly body: string } => {
    const command = `curl -sk -m 10 -w '\\n%{http_code}' https://127.0.0.1:${port}/ ${parameters} || true`
    const [status = '', ...lines] = shell(command).split('\n').reverse()
    return { status: Number(status), body: lines.reverse().join('\n') }
  }

  it('lets a client in whose certificate is good', () => {
    const answer = ask('--cert client.pem --key demo/server-key.pem')
    expect(answer).toEqual({ status: 200, body: 'Good morning, CN=billing,O=Example\n' })
  })

  it.for([
    ['no certificate', ''],
    ['a certificate of a server', '--cert demo/server.pem --key demo/server-key.pem'],
    ['a certificate that signs itself', '--cert demo/self-signed.pem --key demo/self-signed-key.pem'],
    ['a good certificate in a field of its own making, without the key', '-H "client-certificate: $(cat escaped.txt)"']
  ] as const)('refuses a client with %s', ([, parameters]) => {
    expect(ask(parameters)).toEqual({ status: 403, body: 'Who are you?\n' })
  })
})
