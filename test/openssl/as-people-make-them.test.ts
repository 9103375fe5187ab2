import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeWith } from '../support/engines.ts'
import { type RunningService, startService } from '../support/service.ts'

interface Answer {
  readonly status: number
  readonly valid?: boolean
  readonly code?: string
  readonly errors: readonly { readonly code: string; readonly certificate?: number | null; readonly detail?: string }[]
  readonly warnings?: readonly { readonly code: string; readonly message: string }[]
  readonly privateKey?: unknown
  readonly path?: readonly { readonly subject: string; readonly source: string }[]
}

describeWith('openssl', 'Certificates as people make them with OpenSSL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-openssl-'))
  let service: RunningService

  const openssl = (...parameters: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('openssl', parameters, { cwd: folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(`openssl ${parameters.join(' ')}: ${stderr}`)
    return stdout
  }
  const file = (name: string): Buffer => readFileSync(join(folder, name))
  const text = (...names: readonly string[]): string => names.map((name) => file(name).toString()).join('')
  const write = (name: string, contents: string): void => writeFileSync(join(folder, name), contents)

  const answerTo = async (response: Response): Promise<Answer> => ({
    ...((await response.json()) as Omit<Answer, 'status'>),
    status: response.status
  })

  const ask = async (request: object): Promise<Answer> =>
    answerTo(
      await fetch(`${service.url}/validate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request)
      })
    )

  const post = async (type: string, body: string | Buffer, query = ''): Promise<Answer> =>
    answerTo(
      await fetch(`${service.url}/validate${query}`, { method: 'POST', headers: { 'content-type': type }, body })
    )

  const codes = ({ errors }: Answer): readonly (readonly [string, number | null | undefined])[] =>
    errors.map(({ code, certificate }) => [code, certificate])

  beforeAll(async () => {
    write(
      'ca.ext',
      'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n'
    )
    write('server.ext', 'subjectAltName=DNS:www.example.test\nextendedKeyUsage=serverAuth\n')
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'root.key',
      '-out',
      'root.pem',
      '-subj',
      '/CN=Root',
      '-days',
      '30'
    )
    const issue = (
      name: string,
      issuer: string,
      extensions: readonly string[],
      key: readonly string[] = ['-newkey', 'rsa:2048']
    ): void => {
      openssl('req', ...key, '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`)
      const signer = ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial']
      openssl('x509', '-req', '-in', `${name}.csr`, ...signer, '-days', '20', ...extensions, '-out', `${name}.pem`)
    }
    issue('issuing', 'root', ['-extfile', 'ca.ext'])
    issue('server', 'issuing', ['-extfile', 'server.ext'])
    issue('curve', 'issuing', ['-extfile', 'server.ext'], ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'])
    // Without an extension file OpenSSL 3.0 makes version 1, which cannot say that it is a CA.
    issue('plain', 'root', [])
    issue('below-plain', 'plain', ['-extfile', 'server.ext'])
    // One file for both, as the documentation of Python's ssl module shows it.
    openssl(
      'req',
      '-new',
      '-x509',
      '-days',
      '365',
      '-nodes',
      '-out',
      'both.pem',
      '-keyout',
      'both.pem',
      '-subj',
      '/CN=both'
    )
    service = await startService()
  })
  afterAll(async () => {
    await service.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  describe('what openssl x509 writes', () => {
    it.each([
      ['with its text before it', ['-text']],
      ['as PEM alone', []]
    ])('%s is read', async (_what, parameters) => {
      const chain = openssl('x509', '-in', 'server.pem', ...parameters) + text('issuing.pem')
      const answer = await ask({
        chain,
        caBundle: text('root.pem'),
        hostname: 'www.example.test',
        purpose: 'serverAuth'
      })
      expect(codes(answer)).toEqual([])
      expect(answer.valid).toBe(true)
    })

    it('as DER is a body of its own', async () => {
      openssl('x509', '-in', 'server.pem', '-outform', 'DER', '-out', 'server.der')
      const answer = await post('application/pkix-cert', file('server.der'))
      expect(codes(answer)).toEqual([['issuer-not-found', 0]])
    })

    it('as a trusted certificate is an anchor', async () => {
      const trusted = openssl('x509', '-in', 'root.pem', '-trustout', '-addtrust', 'serverAuth')
      expect(trusted).toContain('BEGIN TRUSTED CERTIFICATE')
      const answer = await ask({ chain: text('server.pem', 'issuing.pem'), caBundle: trusted })
      expect(answer.valid).toBe(true)
    })

    it('as base64 DER is a string of an array', async () => {
      const base64 = ['server.pem', 'issuing.pem'].map((name) => text(name).replaceAll(/-----[^-]+-----|\s/g, ''))
      const answer = await ask({ chain: base64, caBundle: text('root.pem') })
      expect(answer.valid).toBe(true)
    })
  })

  it('reads PKCS#7 of openssl crl2pkcs7, as PEM and as DER', async () => {
    write('chain.pem', text('server.pem', 'issuing.pem'))
    const pem = openssl('crl2pkcs7', '-nocrl', '-certfile', 'chain.pem')
    const answer = await ask({ chain: pem, caBundle: text('root.pem') })
    expect(codes(answer)).toEqual([])
    expect(answer.path?.map(({ source }) => source)).toEqual(['chain[0]', 'chain[1]', 'caBundle[0]'])
    openssl('crl2pkcs7', '-nocrl', '-certfile', 'chain.pem', '-outform', 'DER', '-out', 'chain.p7b')
    expect(codes(await post('application/pkcs7-mime', file('chain.p7b')))).toEqual([['issuer-not-found', 1]])
  })

  it('says how to convert PKCS#12', async () => {
    openssl(
      'pkcs12',
      '-export',
      '-in',
      'server.pem',
      '-inkey',
      'server.key',
      '-out',
      'server.p12',
      '-passout',
      'pass:x'
    )
    const answer = await ask({ chain: file('server.p12').toString('base64') })
    expect([answer.status, answer.code]).toEqual([422, 'container-unsupported'])
    expect(answer.errors[0]?.detail).toContain('openssl pkcs12')
  })

  it('validates an elliptic-curve server under RSA CAs', async () => {
    const answer = await ask({
      chain: text('curve.pem', 'issuing.pem'),
      caBundle: text('root.pem'),
      hostname: 'www.example.test'
    })
    expect(answer.valid).toBe(true)
  })

  it('refuses a CA that was issued without extensions, and names it', async () => {
    const answer = await ask({ chain: text('below-plain.pem', 'plain.pem'), caBundle: text('root.pem') })
    expect(codes(answer)).toEqual([['issuer-not-ca', 1]])
  })

  describe('a combined key and certificate file', () => {
    it('of openssl req has the key where Python’s ssl wants it', async () => {
      const answer = await post('application/x-pem-file', file('both.pem'))
      expect(codes(answer)).toEqual([['self-signed-not-trusted', 0]])
      expect(answer.privateKey).toEqual({ matches: true, precedesCertificate: true, encrypted: false })
    })

    it.each([
      ['PKCS#8', ['pkcs8', '-topk8', '-nocrypt', '-in', 'server.key']],
      ['PKCS#1', ['rsa', '-in', 'server.key', '-traditional']],
      ['SEC 1', ['ec', '-in', 'curve.key']]
    ])('may hold the key as %s, before or after the chain', async (_form, parameters) => {
      const key = openssl(...parameters)
      const certificate = parameters[0] === 'ec' ? 'curve.pem' : 'server.pem'
      const before = await ask({ chain: key + text(certificate, 'issuing.pem'), caBundle: text('root.pem') })
      expect(before.privateKey).toEqual({ matches: true, precedesCertificate: true, encrypted: false })
      const after = await ask({ chain: text(certificate, 'issuing.pem') + key, caBundle: text('root.pem') })
      expect(after.privateKey).toEqual({ matches: true, precedesCertificate: false, encrypted: false })
    })

    it('may hold the key of another certificate, or one that is encrypted', async () => {
      const other = await ask({ chain: text('root.key', 'server.pem', 'issuing.pem'), caBundle: text('root.pem') })
      expect(other.privateKey).toEqual({ matches: false, precedesCertificate: true, encrypted: false })
      const encrypted = openssl('pkcs8', '-topk8', '-in', 'server.key', '-passout', 'pass:secret')
      const answer = await ask({ chain: encrypted + text('server.pem', 'issuing.pem'), caBundle: text('root.pem') })
      expect(answer.valid).toBe(true)
      expect(answer.privateKey).toEqual({ matches: null, precedesCertificate: true, encrypted: true })
    })

    it('leaves nothing of the key in any answer or log', async () => {
      const lines = text('server.key')
        .split('\n')
        .filter((line) => line.length > 40)
      expect(lines.length).toBeGreaterThan(20)
      const answer = JSON.stringify(await ask({ chain: text('server.key', 'server.pem') }))
      for (const line of lines) {
        expect(answer).not.toContain(line)
        expect(service.output()).not.toContain(line)
      }
    })
  })

  it('does not judge the second certificate where a byte order mark stands before the first', async () => {
    const answer = await post('application/x-pem-file', `\ufeff${text('server.pem', 'issuing.pem')}`)
    expect(answer.path?.[0]?.subject).toBe('CN=server')
  })

  it('takes pastes from YAML and JSON', async () => {
    const indented = text('server.pem', 'issuing.pem').replaceAll(/^/gm, '      ')
    const escaped = JSON.stringify(text('server.pem', 'issuing.pem'))
    for (const chain of [indented, escaped, text('server.pem', 'issuing.pem').replaceAll('\n', '\r\n')]) {
      expect((await ask({ chain, caBundle: text('root.pem') })).valid).toBe(true)
    }
  })

  it('tells line and reason of a block that is damaged', async () => {
    const damaged = text('issuing.pem').replace(/\n(.{20})/, '\n$1*')
    const lines = text('server.pem').split('\n').length
    const first = await ask({ chain: damaged + text('server.pem') })
    expect([first.status, first.code]).toEqual([422, 'pem-malformed'])
    expect(first.errors[0]).toMatchObject({ pointer: '/chain', code: 'pem-malformed', line: 1 })
    const second = await ask({ chain: text('server.pem') + damaged, caBundle: text('root.pem') })
    expect(codes(second)).toEqual([['issuer-not-found', 0]])
    expect(second.warnings).toMatchObject([{ code: 'pem-malformed', details: { line: lines } }])
  })
})
