import { spawnSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates } from 'node:tls'
import { afterAll, describe, expect, it } from 'vitest'
import type { TrustStore } from '#dist/core/model/trust-store.js'
import { exampleRequest } from '#dist/http/schemas/example.js'
import { loadTrust } from '#dist/trust/load.js'
import type { TrustSources } from '#dist/trust/sources.js'
import { pemOf, root } from '../support/authority.ts'
import { crlOf } from '../support/crls.ts'
import { describeWith } from '../support/engines.ts'

const folder = mkdtempSync(join(tmpdir(), 'vidimus-trust-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, contents: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, contents)
  return path
}

const ca = exampleRequest.caBundle
const leaf = exampleRequest.chain
const derOf = (pem: string): Buffer => new X509Certificate(pem).raw
const fingerprint = (pem: string): string => createHash('sha256').update(derOf(pem)).digest('hex')

const now = 1_795_462_200

const load = async (sources: Partial<TrustSources>) => {
  const loaded = await loadTrust(
    {
      caFiles: [],
      caDirectories: [],
      caPaths: [],
      systemFile: file('system.pem', ca),
      systemDirectories: [],
      defaultTrustStores: undefined,
      uploads: false,
      maxCaFileBytes: 100_000,
      ...sources
    },
    now
  )
  const stores = new Map([...loaded.registry.snapshots].map(([name, { store }]) => [name, store]))
  return { ...loaded, stores }
}

const one = (path: string, name?: string) => [{ name, path }]

describe('CA_FILES', () => {
  it('make a store each, with its certificates once and in order, by subject, and with a digest', async () => {
    const path = file('corporate.pem', `Our CAs\n${leaf}\n${ca}more\n${ca}`)
    const { stores, defaultStores, reports, faults } = await load({ caFiles: one(path) })
    expect(faults).toEqual([])
    expect(defaultStores).toEqual(['corporate'])
    const store = stores.get('corporate')
    expect(store?.anchors.map(({ certificate }) => certificate.fingerprint)).toEqual([
      fingerprint(leaf),
      fingerprint(ca)
    ])
    expect(store?.anchors.map(({ source }) => source)).toEqual(['trustStore:corporate', 'trustStore:corporate'])
    const joined = [fingerprint(leaf), fingerprint(ca)].sort().join('')
    expect(store?.digest).toBe(createHash('sha256').update(joined).digest('hex'))
    const [first] = store?.anchors ?? []
    expect(store?.anchorsBySubject.get(first?.certificate.subject.key ?? '')).toEqual([first])
    expect(reports).toContainEqual({ store: 'corporate', taken: 2, refused: [] })
  })

  it('may be DER, and named otherwise than their file', async () => {
    const { stores, defaultStores } = await load({ caFiles: one(file('a b.cer', derOf(ca)), 'mine') })
    expect(defaultStores).toEqual(['mine'])
    expect(stores.get('mine')?.anchors).toHaveLength(1)
  })

  it('tell what was not taken, where it is, and why', async () => {
    const broken = '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n'
    const key = '-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n'
    const path = file('mixed.pem', `${broken}${ca}${key}`)
    const { reports, faults } = await load({ caFiles: one(path) })
    expect(faults).toEqual([])
    const report = reports.find(({ store }) => store === 'mixed')
    expect(report?.taken).toBe(1)
    const lines = 3 + ca.split('\n').length
    expect(report?.refused).toEqual([
      { place: `${path}, line 1`, reason: expect.any(String) },
      { place: `${path}, line ${lines}`, reason: 'it is a private key, which does not belong there' }
    ])
  })

  it.each([
    ['is not there', () => join(folder, 'none.pem'), /cannot be used: it is not there\.$/],
    ['is a folder', () => folder, /cannot be used: it is not a file\.$/],
    ['is too large', () => file('large.pem', 'a'.repeat(100_001)), /it has 100001 bytes, more than 100000\.$/],
    ['is empty', () => file('empty.pem', ''), /there is no certificate in .*: it holds nothing\)\.$/],
    ['has no certificate', () => file('text.pem', 'hello, world!'), /there is no certificate in .*text\.pem/]
  ])('stop the service where one %s', async (_what, path, message) => {
    const { faults } = await load({ caFiles: one(path(), 'x') })
    expect(faults).toEqual([expect.stringMatching(message)])
    expect(faults[0]).toMatch(/^CA_FILES: /)
  })

  it('must have names that are plain, free and their own', async () => {
    const path = file('spaced name.pem', ca)
    expect((await load({ caFiles: one(path) })).faults).toEqual([expect.stringContaining(`write name=${path}`)])
    expect((await load({ caFiles: one(path, 'mozilla') })).faults).toEqual([
      expect.stringContaining('must not be named mozilla')
    ])
    const twice = await load({ caFiles: [...one(path, 'a'), ...one(path, 'a')] })
    expect(twice.faults).toEqual([expect.stringContaining('is a second trust store named a')])
  })
})

describe('CA_DIRECTORIES', () => {
  it('make a store of all files in a folder, but hidden ones and other folders', async () => {
    const path = join(folder, 'cas')
    mkdirSync(join(path, 'below'), { recursive: true })
    writeFileSync(join(path, '1.pem'), ca)
    writeFileSync(join(path, '2.der'), derOf(leaf))
    writeFileSync(join(path, 'README'), 'These are our CAs.')
    writeFileSync(join(path, '.hidden.pem'), getCACertificates('bundled')[0] ?? '')
    symlinkSync(join(path, '1.pem'), join(path, '0a1b2c3d.0'))
    symlinkSync(join(path, 'nowhere'), join(path, 'dead.pem'))
    const { stores, reports, faults } = await load({ caDirectories: one(path) })
    expect(faults).toEqual([])
    expect(stores.get('cas')?.anchors).toHaveLength(2)
    expect(reports.find(({ store }) => store === 'cas')?.refused).toEqual([
      { place: join(path, 'README'), reason: expect.any(String) },
      { place: join(path, 'dead.pem'), reason: 'it is not there' }
    ])
  })

  it('stop the service where a folder is not there or holds nothing', async () => {
    const empty = join(folder, 'empty')
    mkdirSync(empty)
    expect((await load({ caDirectories: one(empty) })).faults).toEqual([
      `CA_DIRECTORIES: there is no certificate in ${empty}.`
    ])
    const none = join(folder, 'none')
    expect((await load({ caDirectories: one(none) })).faults).toEqual([
      `CA_DIRECTORIES: ${none} cannot be used: it is not there.`
    ])
  })
})

describeWith('openssl', 'CA_PATHS', () => {
  const certificate = (path: string, subject: string): void => {
    const parameters = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout']
    openssl(...parameters, join(folder, 'ca.key'), '-subj', subject, '-out', path)
  }
  const openssl = (...parameters: readonly string[]): void => {
    const { status, stderr } = spawnSync('openssl', parameters, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`openssl ${parameters.join(' ')}: ${stderr}`)
  }
  const subjects = (store: TrustStore | undefined) => store?.anchors.map(({ certificate: { subject } }) => subject.text)

  it('make a store each of the files that openssl rehash has named, and of no others', async () => {
    const path = join(folder, 'capath')
    mkdirSync(path)
    certificate(join(path, 'first.pem'), '/CN=Same')
    certificate(join(path, 'second.pem'), '/CN=Same')
    certificate(join(path, 'third.pem'), '/CN=Other')
    openssl('rehash', path)
    certificate(join(path, 'fourth.pem'), '/CN=Not hashed')
    writeFileSync(join(path, 'README'), 'These are our CAs.')
    writeFileSync(join(path, '9DA13359.0'), ca)
    writeFileSync(join(path, '9da13359.pem'), ca)
    const { stores, reports, defaultStores, faults, registry } = await load({ caPaths: one(path) })
    expect(faults).toEqual([])
    expect(defaultStores).toEqual(['capath'])
    expect(subjects(stores.get('capath'))?.sort()).toEqual(['CN=Other', 'CN=Same', 'CN=Same'])
    expect(registry.get('capath')).toMatchObject({ origin: 'directory', from: path })
    expect(reports.find(({ store }) => store === 'capath')?.refused).toEqual([])
  })

  it('have CRLs in files that are named so', async () => {
    const path = join(folder, 'capath-crl')
    mkdirSync(path)
    const issuer = root('With a CRL')
    writeFileSync(join(path, 'ca.pem'), issuer.pem)
    writeFileSync(join(path, 'crl.pem'), pemOf(crlOf({ issuer }), 'X509 CRL'))
    openssl('rehash', path)
    const named = readdirSync(path).find((name) => /^[0-9a-f]{8}\.r0$/.test(name))
    writeFileSync(join(path, '9da13359.r0'), ca)
    const { stores, reports, faults } = await load({ caPaths: one(path) })
    expect([faults, named]).toEqual([[], expect.any(String)])
    const { anchors = [], crls = [] } = stores.get('capath-crl') ?? {}
    expect(anchors.map(({ certificate: { subject } }) => subject.text)).toEqual(['CN=With a CRL'])
    expect(crls.map(({ source }) => source)).toEqual(['trustStore:capath-crl'])
    expect(reports.find(({ store }) => store === 'capath-crl')?.refused).toEqual([
      { place: join(path, '9da13359.r0'), reason: expect.stringContaining('its name says that it is of CRLs') }
    ])
  })

  it('stop the service where nothing is named so', async () => {
    const path = join(folder, 'unhashed')
    mkdirSync(path)
    writeFileSync(join(path, 'ca.pem'), ca)
    expect((await load({ caPaths: one(path) })).faults).toEqual([`CA_PATHS: there is no certificate in ${path}.`])
  })

  it('are how SSL_CERT_DIR is read where it has such a name', async () => {
    const path = join(folder, 'ssl-hashed')
    mkdirSync(path)
    certificate(join(path, 'hashed.pem'), '/CN=Hashed')
    openssl('rehash', path)
    certificate(join(path, 'other.pem'), '/CN=Not hashed')
    const { stores } = await load({ systemFile: undefined, systemDirectories: [path] })
    expect(subjects(stores.get('system'))).toEqual(['CN=Hashed'])
  })
})

describe('the stores system and mozilla', () => {
  it('hold what Node.js reads of the platform, and what it brings along, all of it readable', async () => {
    const { stores, reports, onRead, defaultStores, faults } = await load({ systemFile: undefined })
    const read: unknown[] = []
    onRead((report) => read.push(report))
    expect(faults).toEqual([])
    expect(defaultStores).toEqual(['system'])
    expect(stores.get('mozilla')?.anchors).toHaveLength(getCACertificates('bundled').length)
    expect(stores.get('mozilla')?.version).toBe(`node-${process.versions.node}`)
    expect(stores.get('system')?.anchors).toHaveLength(new Set(getCACertificates('system')).size)
    expect(reports.map(({ store }) => store)).toEqual(['system'])
    const taken = getCACertificates('bundled').length
    expect(read).toEqual([{ store: 'mozilla', taken, refused: [] }])
  })

  it('are of SSL_CERT_FILE and SSL_CERT_DIR where these are set', async () => {
    const path = join(folder, 'ssl')
    mkdirSync(path)
    writeFileSync(join(path, 'leaf.pem'), leaf)
    const { stores } = await load({ systemDirectories: [path] })
    const fingerprints = stores.get('system')?.anchors.map(({ certificate }) => certificate.fingerprint)
    expect(fingerprints).toEqual([fingerprint(ca), fingerprint(leaf)])
    expect((await load({ systemFile: join(folder, 'none') })).faults).toEqual([
      expect.stringMatching(/^SSL_CERT_FILE: /)
    ])
    expect((await load({ systemDirectories: [join(folder, 'no')] })).faults).toEqual([
      expect.stringMatching(/^SSL_CERT_DIR: /)
    ])
  })
})

describe('SSL_CERT_FILE and SSL_CERT_DIR', () => {
  const folderOf = (name: string): string => {
    const path = join(folder, name)
    mkdirSync(path)
    return path
  }

  it('stop the service where they hold no certificate', async () => {
    const garbage = file('garbage.pem', 'no certificate')
    expect((await load({ systemFile: garbage })).faults).toEqual([
      `SSL_CERT_FILE: there is no certificate in ${garbage} (${garbage}: it holds neither a PEM block nor base64 of DER).`
    ])
    const empty = folderOf('empty-ssl')
    expect((await load({ systemFile: undefined, systemDirectories: [empty] })).faults).toEqual([
      `SSL_CERT_DIR: there is no certificate in ${empty}.`
    ])
    expect((await load({ systemDirectories: [empty] })).faults).toEqual([])
  })

  it('may be a folder as OpenSSL hashes it: a certificate and its link are one, and a link to nowhere is told', async () => {
    const path = folderOf('hashed')
    writeFileSync(join(path, 'ca.pem'), ca)
    symlinkSync('ca.pem', join(path, '9da13359.0'))
    symlinkSync('gone.pem', join(path, 'b204d74a.0'))
    const { stores, reports, faults } = await load({ systemFile: undefined, systemDirectories: [path] })
    expect(faults).toEqual([])
    expect(stores.get('system')?.anchors).toHaveLength(1)
    expect(reports[0]).toEqual({
      store: 'system',
      taken: 1,
      refused: [{ place: join(path, 'b204d74a.0'), reason: 'it is not there' }]
    })
  })

  it.each([
    ['a byte order mark', `\ufeff${ca}`],
    ['the text of openssl x509 -text', `Certificate:\n    Data:\n        Version: 3 (0x2)\n${ca}`],
    ['lines that end as on Windows', ca.replaceAll('\n', '\r\n')],
    ['text that is not UTF-8', Buffer.concat([Buffer.from([0x23, 0xe9, 0x0a]), Buffer.from(ca)])],
    ['base64 alone', derOf(ca).toString('base64')]
  ])('take a file with %s', async (what, contents) => {
    const { stores, reports } = await load({ systemFile: file(`${what.replaceAll(' ', '-')}.pem`, contents) })
    expect(stores.get('system')?.anchors.map(({ certificate }) => certificate.fingerprint)).toEqual([fingerprint(ca)])
    expect(reports[0]?.refused).toEqual([])
  })
})

describe('constraints beside CA files', () => {
  const limiting = JSON.stringify({ '*': { purposes: ['serverAuth'] } })
  const limits = (store: TrustStore | undefined) => store?.anchors.map(({ constraints }) => constraints?.purposes)

  it('limit the anchors of the file, of all files of a folder, and of the store system', async () => {
    const path = file('limited.pem', ca)
    file('limited.constraints.json', limiting)
    const cas = join(folder, 'limited-cas')
    mkdirSync(cas)
    writeFileSync(join(cas, '1.pem'), ca)
    writeFileSync(join(cas, '2.pem'), leaf)
    writeFileSync(join(cas, 'constraints.json'), limiting)
    const { stores, faults } = await load({ systemFile: path, caFiles: one(path), caDirectories: one(cas) })
    expect(faults).toEqual([])
    const serverAuth = ['1.3.6.1.5.5.7.3.1']
    expect(limits(stores.get('limited'))).toEqual([serverAuth])
    expect(limits(stores.get('system'))).toEqual([serverAuth])
    expect(limits(stores.get('limited-cas'))).toEqual([serverAuth, serverAuth])
  })

  it.each<[string, (path: string) => void, string]>([
    ['are no JSON', (path) => writeFileSync(path, 'hello'), 'it is not JSON'],
    ['are a link to nowhere', (path) => symlinkSync('nowhere', path), 'it is not there'],
    ['are a folder', (path) => mkdirSync(path), 'it is not a file'],
    ['speak of what they do not know', (path) => writeFileSync(path, '{"*":{"purpose":["serverAuth"]}}'), '/*/purpose']
  ])('stop the service where they %s', async (what, put, reason) => {
    const name = what.replaceAll(' ', '-')
    const path = file(`${name}.pem`, ca)
    const constraints = join(folder, `${name}.constraints.json`)
    put(constraints)
    expect((await load({ caFiles: one(path) })).faults).toEqual([
      expect.stringContaining(`CA_FILES: ${constraints} cannot be used: ${reason}`)
    ])
  })

  it('stop the service where they are in a folder that would not be looked for them', async () => {
    const cas = join(folder, 'misplaced')
    mkdirSync(cas)
    writeFileSync(join(cas, '1.pem'), ca)
    writeFileSync(join(cas, '1.constraints.json'), limiting)
    expect((await load({ caDirectories: one(cas) })).faults).toEqual([
      `CA_DIRECTORIES: ${cas} cannot be used: it has 1.constraints.json, but the constraints of a folder stand in constraints.json.`
    ])
  })
})

describe('DEFAULT_TRUST_STORES', () => {
  it('are taken where they are there', async () => {
    expect((await load({ defaultTrustStores: ['mozilla', 'system'] })).defaultStores).toEqual(['mozilla', 'system'])
  })

  it('stop the service where they are not', async () => {
    expect((await load({ defaultTrustStores: ['x'] })).faults).toEqual([
      'DEFAULT_TRUST_STORES names "x", which is none of system, mozilla.'
    ])
  })

  it('may be one that is not there yet where stores can be uploaded', async () => {
    const { faults, defaultStores } = await load({ defaultTrustStores: ['x'], uploads: true })
    expect({ faults, defaultStores }).toEqual({ faults: [], defaultStores: ['x'] })
  })
})

describe('the version of a store', () => {
  const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

  it('is that of the content of its file', async () => {
    const text = `Our CA\n${ca}`
    const { registry } = await load({ caFiles: one(file('versioned.pem', text)) })
    const snapshot = registry.get('versioned')
    expect(snapshot?.store.version).toBe(sha256(text).slice(0, 12))
    expect(snapshot).toMatchObject({ origin: 'file', from: join(folder, 'versioned.pem'), since: now })
  })

  it('is that of the contents of its files in their order', async () => {
    const path = join(folder, 'versioned')
    mkdirSync(path)
    writeFileSync(join(path, 'b.pem'), ca)
    writeFileSync(join(path, 'a.pem'), leaf)
    const { registry } = await load({ caDirectories: one(path) })
    expect(registry.get('versioned')?.store.version).toBe(sha256(sha256(leaf) + sha256(ca)).slice(0, 12))
    expect(registry.get('versioned')?.origin).toBe('directory')
  })

  it('is there for the platform’s store as well', async () => {
    const { version } = (await load({ systemFile: undefined })).stores.get('system') ?? {}
    expect(version).toMatch(/^[0-9a-f]{12}$/)
    expect((await load({ systemFile: undefined })).stores.get('system')?.version).toBe(version)
  })
})
