import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { intermediate, root, server } from '../support/authority.ts'
import { type Ran, vidimusBeside } from '../support/command-line.ts'
import { describeWith } from '../support/engines.ts'
import { freePort } from '../support/free-port.ts'
import { startPostgres } from '../support/postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-probe-'))
const children: ChildProcess[] = []
afterAll(async () => {
  for (const child of children) {
    child.kill('SIGQUIT')
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true })
})

/** Asks again until the server is up: 66 is the status of one that does not answer. */
const probed = async (args: readonly string[]): Promise<Ran> => {
  for (let attempt = 0; ; attempt += 1) {
    const ran = await vidimusBeside(['probe', '--timeout', '50', ...args])
    if (ran.status !== 66 || attempt === 20) return ran
    await elapsed(100)
  }
}

describeWith('nginx', 'vidimus probe, with nginx', () => {
  it('tells the chain of each name that nginx serves', async () => {
    const ca = root()
    const issuing = intermediate(ca)
    const whole = server(issuing, 'whole.example.test')
    const bare = server(issuing, 'bare.example.test')
    const save = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const port = await freePort()
    const block = (name: string, made: typeof whole, chain: string): string => {
      const key = save(`${name}.key`, String(made.key.privateKey.export({ type: 'pkcs8', format: 'pem' })))
      const certificate = save(`${name}.pem`, chain)
      return `server { listen 127.0.0.1:${port} ssl; server_name ${name}; ssl_certificate ${certificate}; ssl_certificate_key ${key}; }`
    }
    const blocks = [
      block('whole.example.test', whole, whole.pem + issuing.pem),
      block('bare.example.test', bare, bare.pem)
    ]
    const configuration = save(
      'nginx.conf',
      `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr;
events {}
http { access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};
uwsgi_temp_path ${folder}; scgi_temp_path ${folder}; ${blocks.join('\n')} }
`
    )
    children.push(spawn('nginx', ['-p', folder, '-e', 'stderr', '-c', configuration], { stdio: 'ignore' }))
    const args = [`127.0.0.1:${port}`, '--ca-file', save('ca.pem', ca.pem), '--json', '--servername']
    const good = await probed([...args, 'whole.example.test'])
    expect([good.status, JSON.parse(good.output)]).toMatchObject([
      0,
      { valid: true, sent: { servername: 'whole.example.test', certificates: [{}, {}], changes: [] } }
    ])
    const wrong = await probed([...args, 'bare.example.test'])
    expect([wrong.status, JSON.parse(wrong.output)]).toMatchObject([
      1,
      { errors: [{ code: 'issuer-not-found' }], sent: { certificates: [{ subject: 'CN=bare.example.test' }] } }
    ])
  })
})

describeWith(['openssl', 'postgresql'], 'vidimus probe, with PostgreSQL', () => {
  it('asks for TLS as its clients do', async () => {
    const database = await startPostgres(true)
    try {
      const { port } = new URL(await database.newDatabase())
      const args = ['--starttls', 'postgres', '--ca-file', database.certificate, '--json']
      const { status, output } = await probed([`127.0.0.1:${port}`, ...args])
      expect([status, JSON.parse(output)]).toMatchObject([
        0,
        { valid: true, sent: { starttls: 'postgres', servername: null, certificates: [{}] } }
      ])
    } finally {
      await database.remove()
    }
  })
})
