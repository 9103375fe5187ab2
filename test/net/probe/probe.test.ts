import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { createSecureContext, createServer as createTlsServer, TLSSocket } from 'node:tls'
import { afterAll, describe, expect, it } from 'vitest'
import { lookUpBy } from '#dist/net/probe/look-up.js'
import { type ProbeTarget, probe } from '#dist/net/probe/probe.js'
import { packageFile } from '#dist/package-file.js'
import { intermediate, root, server } from '../../support/authority.ts'
import { listen } from '../../support/listener.ts'

const issuing = intermediate(root())
const leaf = server(issuing)
const identity = {
  cert: leaf.pem + issuing.pem,
  key: leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' })
}
const secure = createSecureContext(identity)
const sent = [leaf, issuing].map(({ der }) => ({ der: Buffer.from(der), ocspResponse: undefined }))

const opened: { close(): unknown }[] = []
afterAll(async () => {
  for (const each of opened) await each.close()
})

/** A server of ours; what it does to a connection, it does from its first moment. */
const serving = async (serve: (socket: Socket) => void, host = '127.0.0.1'): Promise<number> => {
  const sockets = new Set<Socket>()
  const made: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    serve(socket)
  }).listen(0, host)
  await once(made, 'listening')
  opened.push({
    close: () => {
      for (const socket of sockets) socket.destroy()
      made.close()
    }
  })
  const bound = made.address()
  return typeof bound === 'object' && bound !== null ? bound.port : 0
}

const lookUp = lookUpBy(packageFile('dist/net/probe/look-up-process.js'))
const ask = (port: number, more: Partial<ProbeTarget> = {}): ReturnType<typeof probe> =>
  probe({ host: '127.0.0.1', port, servername: '', starttls: undefined, ms: 40_000, ...more }, lookUp)

const goOverToTls = (socket: Socket): void => {
  new TLSSocket(socket, { isServer: true, secureContext: secure }).on('error', () => socket.destroy())
}

/** Says `greeting`, then answers each line that a pattern matches, and goes over to TLS after the answer to the last. */
const talking =
  (greeting: string, ...answers: readonly (readonly [RegExp, string])[]) =>
  (socket: Socket): void => {
    const left = [...answers]
    let heard = ''
    socket.write(greeting)
    const hear = (chunk: Buffer): void => {
      heard += chunk.toString('latin1')
      const [line, ...rest] = heard.split('\r\n')
      if (rest.length === 0) return
      heard = rest.join('\r\n')
      const [pattern, answer] = left.shift() ?? [/$^/, '']
      socket.write(pattern.test(line ?? '') ? answer : '500 no\r\n')
      if (left.length > 0) return
      socket.off('data', hear)
      goOverToTls(socket)
    }
    socket.on('data', hear)
  }

describe('probe', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'gives the certificates in the order in which they come over %s',
    async (version) => {
      const made = createTlsServer({ ...identity, minVersion: version, maxVersion: version }).listen(0, '127.0.0.1')
      await once(made, 'listening')
      opened.push(made)
      const bound = made.address()
      const port = typeof bound === 'object' && bound !== null ? bound.port : 0
      expect(await ask(port)).toEqual({
        ok: true,
        value: {
          address: `127.0.0.1:${port}`,
          protocol: version,
          cipher: expect.stringMatching(/^TLS_/),
          fault: undefined,
          certificates: sent
        }
      })
    }
  )

  it('reaches IPv6 addresses', async () => {
    const port = await serving(goOverToTls, '::1')
    expect(await ask(port, { host: '::1' })).toMatchObject({ ok: true, value: { address: `[::1]:${port}` } })
  })
})

describe('STARTTLS', () => {
  it.each([
    [
      'smtp',
      talking(
        '220-mail.example.test\r\n220 ESMTP\r\n',
        [/^EHLO /, '250-hello\r\n250-STARTTLS\r\n250 SIZE\r\n'],
        [/^STARTTLS$/, '220 go on\r\n']
      )
    ],
    ['lmtp', talking('220 mail\r\n', [/^LHLO /, '250 hello\r\n'], [/^STARTTLS$/, '220 go on\r\n'])],
    ['imap', talking('* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n', [/^a STARTTLS$/, '* note\r\na OK begin\r\n'])],
    ['pop3', talking('+OK ready\r\n', [/^STLS$/, '+OK begin\r\n'])],
    ['ftp', talking('220-one\r\n two\r\n220 three\r\n', [/^AUTH TLS$/, '234 begin\r\n'])],
    ['nntp', talking('201 no posting\r\n', [/^STARTTLS$/, '382 begin\r\n'])],
    ['sieve', talking('"IMPLEMENTATION" "x"\r\n"STARTTLS"\r\nOK "ready"\r\n', [/^STARTTLS$/, 'OK "begin"\r\n'])]
  ] as const)('of %s', async (starttls, serve) => {
    expect(await ask(await serving(serve), { starttls })).toMatchObject({ ok: true, value: { certificates: sent } })
  })

  it('of LDAP (RFC 4511 §4.14)', async () => {
    const answering = (result: number) => (socket: Socket) =>
      socket.once('data', (octets) => {
        expect(octets.toString('latin1')).toContain('1.3.6.1.4.1.1466.20037')
        socket.write(Uint8Array.of(0x30, 12, 2, 1, 1, 0x78, 7, 0x0a, 1, result, 4, 0, 4, 0))
        goOverToTls(socket)
      })
    expect(await ask(await serving(answering(0)), { starttls: 'ldap' })).toMatchObject({ ok: true })
    expect(await ask(await serving(answering(52)), { starttls: 'ldap' })).toEqual({
      ok: false,
      reason: 'does not go over to TLS: it answers with the LDAP result 52'
    })
  })

  it.each([
    ['smtp', '554 go away\u001b[2J\r\n', 'does not go over to TLS: it says "554 go away\\\\u{1b}[2J"'],
    ['imap', '* BYE full\r\n', 'does not go over to TLS: it says "* BYE full"'],
    ['pop3', '+OK\r\n-ERR no\r\n', 'does not go over to TLS: it says "-ERR no"'],
    ['ftp', '220 x\r\n234 y\r\nmore', 'goes on in the clear after it agreed to TLS'],
    ['smtp', `220-${'x'.repeat(9_000)}`, 'sends a line of more than 8192 octets before TLS'],
    ['smtp', '220-x\r\n'.repeat(300), 'sends a reply without an end'],
    ['imap', `* OK\r\n${'* x\r\n'.repeat(300)}`, 'sends a reply without an end'],
    ['postgres', 'N', 'has TLS switched off'],
    ['postgres', 'E', 'answers something other than PostgreSQL does'],
    ['ldap', 'HTTP/1.1 400', 'answers something other than LDAP']
  ] as const)('of %s fails where the server says %j', async (starttls, said, reason) => {
    expect(await ask(await serving((socket) => socket.write(said)), { starttls })).toEqual({ ok: false, reason })
  })

  it('fails where the connection ends, or the server is silent', async () => {
    expect(await ask(await serving((socket) => socket.end('220-x\r\n')), { starttls: 'smtp' })).toEqual({
      ok: false,
      reason: 'ended the connection before TLS'
    })
    expect(await ask(await serving(() => undefined), { starttls: 'imap', ms: 200 })).toEqual({
      ok: false,
      reason: 'does not answer in time'
    })
  })
})

describe('servers that do not speak TLS, or not to the end', () => {
  it.each([
    ['HTTP/1.1 400 Bad Request\r\n\r\n', 'answers in HTTP without TLS'],
    ['220 mail.example.test ESMTP\r\n', 'speaks SMTP: --starttls smtp may be what it needs'],
    ['* OK IMAP\r\n', 'speaks IMAP: --starttls imap may be what it needs'],
    ['+OK POP3\r\n', 'speaks POP3: --starttls pop3 may be what it needs'],
    ['SSH-2.0-x\r\n', 'speaks SSH'],
    ['\u0000\u001b[2Jhello\n', 'answers with something other than TLS: "\\\\u{0}\\\\u{1b}[2Jhello"'],
    [
      '\u0015\u0003\u0001\u0000\u0002\u0002\u0028',
      expect.stringMatching(/^breaks off the handshake \(.*handshake failure\)$/)
    ]
  ])('are told by %j', async (said, reason) => {
    expect(await ask(await serving((socket) => socket.write(Buffer.from(said, 'latin1'))))).toEqual({
      ok: false,
      reason
    })
  })

  it('may close, hang or refuse', async () => {
    const closing = await listen((socket) => socket.destroy())
    const refused = await listen(() => undefined)
    await refused.close()
    opened.push(closing)
    const answers = [
      await ask(closing.port),
      await ask(await serving(() => undefined), { ms: 200 }),
      await ask(refused.port),
      await ask(1, { host: 'nowhere.invalid' })
    ]
    expect(answers.map((answer) => (answer.ok ? '' : answer.reason))).toEqual([
      'ended the connection without an answer',
      'does not answer in time',
      'cannot be reached (ECONNREFUSED)',
      expect.stringMatching(/^cannot be reached \((?:ENOTFOUND|EAI_AGAIN)\)$/)
    ])
  })

  it('may send without end, by whole records or by drops', async () => {
    const record = Buffer.concat([Uint8Array.of(22, 3, 3, 0x40, 0), Buffer.alloc(16_384)])
    const endless = await serving((socket) => {
      const more = (): void => {
        while (socket.writable && socket.write(record));
      }
      socket.on('drain', more)
      more()
    })
    const dropping = await serving((socket) => {
      socket.write(Uint8Array.of(22, 3, 3, 0x40, 0))
      const timer = setInterval(() => socket.write('x'), 20)
      socket.on('close', () => clearInterval(timer))
    })
    expect(await ask(endless)).toMatchObject({ ok: false })
    expect(await ask(dropping, { ms: 300 })).toEqual({ ok: false, reason: 'does not answer in time' })
  })

  it('show their certificates nevertheless where these came before the end', async () => {
    const upstream = createTlsServer({ ...identity, maxVersion: 'TLSv1.2' }).listen(0, '127.0.0.1')
    await once(upstream, 'listening')
    opened.push(upstream)
    const bound = upstream.address()
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0
    // Lets through what the server says first, and then nothing more.
    const cutting = await serving((socket) => {
      const inner = connect(port, '127.0.0.1')
      socket.once('data', (octets) => inner.write(octets))
      inner.once('data', (octets) => socket.end(octets))
    })
    expect(await ask(cutting)).toMatchObject({
      ok: true,
      value: {
        protocol: undefined,
        cipher: undefined,
        fault: expect.stringMatching(/handshake|ended/),
        certificates: sent
      }
    })
  })
})
