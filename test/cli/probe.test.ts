import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  alternativeNames,
  extendedKeyUsage,
  extension,
  type Issued,
  intermediate,
  type KeyPair,
  keyPair,
  root,
  server
} from '../support/authority.ts'
import { type Ran, vidimusBeside } from '../support/command-line.ts'
import { hexBytes } from '../support/der-writer.ts'
import { describeWith } from '../support/engines.ts'
import { freePort } from '../support/free-port.ts'
import { listen } from '../support/listener.ts'
import { ocspResponseOf, revoked } from '../support/ocsp.ts'
import { type SServer, type SServerSpec, sServer } from '../support/s-server.ts'
import { canBeSilent, silentNameServer } from '../support/silent-name-server.ts'
import { certificateList, record, serverHello } from '../support/tls-writer.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-probe-'))
const opened: { close(): Promise<unknown> }[] = []
afterAll(async () => {
  for (const each of opened) await each.close()
  rmSync(folder, { recursive: true })
})

const ca = root()
const issuing = intermediate(ca)
const other = root('Other Root')
const caFile = join(folder, 'ca.pem')
writeFileSync(caFile, ca.pem)
const serialNumber = 0x1234n
const endEntity = (spec: Parameters<typeof server>[2] = {}, issuer = issuing): Issued =>
  server(issuer, 'localhost', { serialNumber, ...spec })
const leaf = endEntity()

const serving = async (spec: SServerSpec): Promise<SServer> => {
  const made = await sServer(spec)
  opened.push(made)
  return made
}
const time = ['--time', '2026-11-23T12:00:00Z']
const probe = (port: number, ...more: readonly string[]): Promise<Ran> =>
  vidimusBeside(['probe', `localhost:${port}`, '--ca-file', caFile, '--timeout', '50', ...time, ...more])
const told = async (port: number, ...more: readonly string[]): Promise<unknown> =>
  JSON.parse((await probe(port, '--json', ...more)).output)

describeWith('openssl', 'vidimus probe, with openssl s_server', () => {
  it('says what the server sent, that it is valid, and ends with 0', async () => {
    const { port } = await serving({ endEntity: leaf, others: [issuing] })
    const { status, output, errors } = await probe(port)
    expect([status, errors]).toEqual([0, ''])
    expect(output).toBe(
      [
        `localhost:${port}: valid, at the latest until 2035-01-01T00:00:00Z`,
        '  0 CN=localhost (end-entity, chain[0])',
        '  1 CN=Test Intermediate (intermediate, chain[1])',
        '  2 CN=Test Root (trust-anchor, caBundle[0])',
        `  sent by 127.0.0.1:${port} (TLSv1.3, TLS_AES_256_GCM_SHA384):`,
        '    0 CN=localhost, issued by CN=Test Intermediate',
        '    1 CN=Test Intermediate, issued by CN=Test Root',
        ''
      ].join('\n')
    )
  })

  it.each([
    ['-tls1_2'],
    ['-tls1_3', '-ciphersuites', 'TLS_AES_128_GCM_SHA256'],
    ['-tls1_3', '-ciphersuites', 'TLS_AES_256_GCM_SHA384'],
    ['-tls1_3', '-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256'],
    // The client’s first key share is of another group, so that the server asks again.
    ['-tls1_3', '-groups', 'P-384'],
    ['-tls1', '-cipher', 'DEFAULT@SECLEVEL=0']
  ])('tells strangers, duplicates, the root and a wrong order: %s', async (...parameters) => {
    const second = intermediate(issuing, 'Second')
    const others = [other, ca, issuing, second, issuing]
    const { port } = await serving({ endEntity: endEntity({}, second), others, parameters })
    const { status, output } = await probe(port)
    expect(status).toBe(0)
    const lines = output.split('\n').map((line) => line.trim())
    expect(lines.slice(lines.findIndex((line) => line.startsWith('sent by ')) + 1)).toEqual([
      '0 CN=localhost, issued by CN=Second',
      '1 CN=Other Root, issued by CN=Other Root',
      '2 CN=Test Root, issued by CN=Test Root',
      '3 CN=Test Intermediate, issued by CN=Test Root',
      '4 CN=Second, issued by CN=Test Intermediate',
      '5 CN=Test Intermediate, issued by CN=Test Root',
      'out of order: CN=Second was sent at 4 and belongs at 1.',
      'out of order: CN=Test Intermediate was sent at 3 and belongs at 2.',
      'stranger: CN=Other Root at 1 has issued none of the certificates of the path.',
      'needless: CN=Test Root at 2 is the root, which those who trust it have.',
      'duplicate: CN=Test Intermediate was sent again at 5.',
      ''
    ])
  })

  it('ends with 1 where an intermediate is missing, and tells which where it is known', async () => {
    const { port } = await serving({ endEntity: leaf })
    const without = await probe(port)
    expect([without.status, without.output]).toEqual([1, expect.stringContaining('error: issuer-not-found')])
    const others = join(folder, 'others.pem')
    writeFileSync(others, issuing.pem)
    const { status, output } = await probe(port, '--untrusted', others)
    expect(status).toBe(0)
    expect(output).toContain('  missing: CN=Test Intermediate belongs at 1, and was not sent.\n')
  })

  it('validates for the name that it connects to, or is told, and for the purpose of a server', async () => {
    const client = server(issuing, 'localhost', {
      extensions: [extendedKeyUsage('1.3.6.1.5.5.7.3.2'), alternativeNames(['example.test'])]
    })
    const { port } = await serving({ endEntity: client, others: [issuing] })
    expect(await told(port)).toMatchObject({
      target: `localhost:${port}`,
      valid: false,
      errors: [{ code: 'hostname-mismatch' }, { code: 'purpose-not-allowed' }],
      sent: { servername: 'localhost', protocol: 'TLSv1.3', certificates: [{}, {}], changes: [] }
    })
    for (const name of ['--servername', '--hostname'])
      expect(await told(port, name, 'example.test', '--purpose', 'clientAuth')).toMatchObject({ valid: true })
  })

  const curve = (namedCurve: string): KeyPair => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
    return { privateKey, spki: publicKey.export({ type: 'spki', format: 'der' }) }
  }
  it.each([
    ['RSA', keyPair('rsa2048'), []],
    ['RSA of 1,024 bits', keyPair('rsa1024'), ['-cipher', 'DEFAULT@SECLEVEL=0']],
    ['Ed25519', keyPair('ed25519'), []],
    ['P-384', keyPair('p384'), []],
    // Node.js has no legacy object of the last two: asking it for one ends the process.
    ['brainpool', curve('brainpoolP256r1'), []],
    ['secp256k1', curve('secp256k1'), []]
  ])('shows certificates whose key is %s', async (_, key, parameters) => {
    const { port } = await serving({ endEntity: endEntity({ key }), others: [issuing], parameters })
    expect(await told(port, '--security-level', '0')).toMatchObject({ valid: true, sent: { certificates: [{}, {}] } })
  })

  it.each([['-tls1_2'], ['-tls1_3']])('believes an OCSP response that is stapled: %s', async (version) => {
    const staple = (status?: Uint8Array): Uint8Array =>
      ocspResponseOf({
        issuer: issuing,
        singles: [{ serialNumber, nextUpdate: '20270101000000', ...(status === undefined ? {} : { status }) }]
      })
    const ask = async (ocspResponse: Uint8Array | undefined, made = leaf): Promise<unknown> => {
      const { port } = await serving({
        endEntity: made,
        others: [issuing],
        parameters: [version],
        ...(ocspResponse === undefined ? {} : { ocspResponse })
      })
      return told(port)
    }
    expect(await ask(staple())).toMatchObject({
      valid: true,
      warnings: [],
      sent: { certificates: [{ stapled: true }, { stapled: false }] }
    })
    expect(await ask(staple(revoked()))).toMatchObject({ valid: false, errors: [{ code: 'revoked', certificate: 0 }] })
    // RFC 7633: the certificate promises that it comes with a response.
    const promising = endEntity({
      extensions: [alternativeNames(['localhost']), extension('1.3.6.1.5.5.7.1.24', hexBytes('30 03 02 01 05'))]
    })
    expect(await ask(undefined, promising)).toMatchObject({ valid: true, warnings: [{}, { code: 'staple-required' }] })
  })

  it('writes what was sent as PEM, in its order', async () => {
    const { port } = await serving({ endEntity: leaf, others: [other, issuing] })
    const saved = join(folder, 'saved.pem')
    expect((await probe(port, '--save', saved, '--quiet')).output).toBe('')
    expect(readFileSync(saved, 'utf8')).toBe(leaf.pem + other.pem + issuing.pem)
  })

  it('judges a server that wants a certificate of its client', async () => {
    for (const version of ['-tls1_2', '-tls1_3']) {
      const { port } = await serving({ endEntity: leaf, others: [issuing], parameters: ['-Verify', '1', version] })
      expect((await probe(port)).status).toBe(0)
    }
  })
})

describe('vidimus probe, of what does not answer', () => {
  it('ends with 66 and a sentence', async () => {
    const http = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const silent = await listen(() => undefined)
    opened.push(http, silent)
    expect(await probe(http.port)).toEqual({
      status: 66,
      output: '',
      errors: `vidimus: localhost:${http.port} answers in HTTP without TLS.\n`
    })
    expect(await told(silent.port, '--timeout', '8')).toEqual({
      target: `localhost:${silent.port}`,
      problem: { detail: 'does not answer in time' }
    })
  })

  it.skipIf(!canBeSilent)(
    'bounds the time of a name server as well, for which neither the next server nor the end has to wait',
    { timeout: 120_000 },
    async () => {
      const [names, port] = [await silentNameServer(), await freePort()]
      const slow = ['one', 'two'].map((name) => `${name}.example.test:443`)
      const since = performance.now()
      const ran = await vidimusBeside(['probe', ...slow, `localhost:${port}`, '--timeout', '5'], names.by)
      expect(performance.now() - since).toBeLessThan(25_000)
      names.close()
      expect(ran.status).toBe(66)
      expect(ran.errors.split('\n')).toEqual([
        ...slow.map((name) => `vidimus: ${name} cannot be reached (ETIMEDOUT: its name was not looked up in time).`),
        `vidimus: localhost:${port} cannot be reached (ECONNREFUSED).`,
        ''
      ])
    }
  )

  it('shows what came before the handshake broke, and not without end', async () => {
    const junk = Array.from({ length: 40 }, () => Buffer.from('no certificate'))
    const sent = record(22, Buffer.concat([serverHello(0x0303), certificateList(leaf.der, ...junk)]))
    const breaking = await listen((socket) => socket.end(sent))
    opened.push(breaking)
    const { status, output } = await probe(breaking.port)
    expect(status).toBe(1)
    expect(output).toContain(
      '(a handshake that did not end well):\n    0 CN=localhost, issued by CN=Test Intermediate\n'
    )
    expect(output).toContain('    31 what cannot be read as a certificate\n    and 9 more\n')
    expect(output).toMatch(/\n {2}handshake: the server (?:breaks off|ended) [^\n]*\.\n/)
  })

  it.each([
    [[], /probe takes the server to connect to/],
    [['a:b'], /A server is named as host:port/],
    [['a', 'b', '--save', 'x'], /--save takes the chain of one server/],
    [['a', '--timeout', '0'], /--timeout must be a number of seconds from 1 to 600/],
    [['a', '--starttls', 'x'], /--starttls must be one of smtp/]
  ])('refuses %j in a sentence', async (args, message) => {
    const { status, errors } = await vidimusBeside(['probe', ...args])
    expect([status, errors]).toEqual([64, expect.stringMatching(message)])
  })
})
