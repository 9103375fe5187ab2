import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as elapsed } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { TrustSources } from '#dist/trust/sources.js'
import { type Issued, pemOf, root } from '../support/authority.ts'
import { explicit, integer, oid, sequence, tlv } from '../support/der-writer.ts'
import { type Reloading, startReloading, testTimes } from '../support/reloading.ts'

const base = mkdtempSync(join(tmpdir(), 'vidimus-reload-'))
const running: Reloading[] = []
afterEach(async () => {
  for (const { reloader } of running.splice(0)) await reloader.stop()
})
afterAll(() => rmSync(base, { recursive: true }))

const [one, two, three] = [root('One'), root('Two'), root('Three')]

const start = async (sources: Partial<TrustSources>, times?: typeof testTimes): Promise<Reloading> => {
  const started = await startReloading(sources, times)
  running.push(started)
  return started
}

const broken = pemOf(sequence())
const key = pemOf(sequence(), 'PRIVATE KEY')

const folderAt = (path: string): void => {
  rmSync(path)
  mkdirSync(path)
}
const loopAt = (path: string): void => {
  rmSync(path)
  symlinkSync(path, path)
}

const newFolder = (): string => mkdtempSync(join(base, 'case-'))

/** A file that holds `contents`, and the service that reads it as the store `own`. */
const startFile = async (contents: string | Uint8Array) => {
  const path = join(newFolder(), 'own.pem')
  writeFileSync(path, contents)
  return { path, ...(await start({ caFiles: [{ name: 'own', path }] })) }
}

/** Puts a file in place of another, as people should: whole, by its name. */
const replace = (path: string, contents: string | Uint8Array): void => {
  writeFileSync(`${path}.new`, contents)
  renameSync(`${path}.new`, path)
}

const fingerprintOf = ({ der }: Issued): string => sha256(der)
const served = ({ registry }: Reloading, name = 'own'): readonly string[] | undefined =>
  registry.get(name)?.store.anchors.map(({ certificate }) => certificate.fingerprint)
const sha256 = (contents: string | Uint8Array): string => createHash('sha256').update(contents).digest('hex')
const versionOf = (contents: string | Uint8Array): string => sha256(contents).slice(0, 12)

const becomes = (running: Reloading, roots: readonly Issued[], name?: string) =>
  expect.poll(() => served(running, name), { interval: 20 }).toEqual(roots.map(fingerprintOf))
const warned = (running: Reloading, warning: unknown) =>
  expect.poll(() => running.reloader.warnings(), { interval: 20 }).toEqual([warning])
/** Long enough for whatever was going to happen. */
const aWhile = () => elapsed(5 * (testTimes.poll + testTimes.settle))

/** A certs-only CMS message (RFC 5652 §5.1). */
const certsOnly = (der: Uint8Array): Uint8Array => {
  const content = sequence(oid('1.2.840.113549.1.7.1'))
  const signed = sequence(integer(1), tlv(0x31), content, explicit(0, der), tlv(0x31))
  return sequence(oid('1.2.840.113549.1.7.2'), explicit(0, signed))
}

describe('a CA file that changes', () => {
  it('is served as another version soon, and those who took the one before keep it', async () => {
    const running = await startFile(one.pem)
    const before = running.registry.get('own')
    replace(running.path, two.pem)
    await becomes(running, [two])
    expect(running.registry.get('own')).toMatchObject({
      store: { version: versionOf(two.pem) },
      origin: 'file',
      from: running.path,
      since: 2_000
    })
    expect(before?.store.anchors.map(({ certificate }) => certificate.fingerprint)).toEqual([fingerprintOf(one)])
    expect(running.events).toEqual([
      {
        kind: 'replaced',
        report: { store: 'own', taken: 1, refused: [] },
        version: versionOf(two.pem),
        before: versionOf(one.pem)
      }
    ])
    expect(running.reloader.counts().get('own')).toEqual({
      successes: 1,
      failures: 0,
      lastSuccess: 2_000,
      failing: false
    })
  })

  it('is read when it has been the same for a while, not while it is being written', async () => {
    const path = join(newFolder(), 'own.pem')
    writeFileSync(path, one.pem)
    const running = await start({ caFiles: [{ name: 'own', path }] }, { ...testTimes, settle: 400 })
    const parts = [one.pem, two.pem, three.pem]
    for (let written = 1; written <= 3; written += 1) {
      writeFileSync(path, parts.slice(0, written).join(''))
      await elapsed(150)
    }
    await becomes(running, [one, two, three])
    expect(running.events).toHaveLength(1)
  })

  it('is read at once on demand, whether it has changed or not', async () => {
    const running = await startFile(one.pem)
    replace(running.path, two.pem)
    await running.reloader.reload()
    expect(served(running)).toEqual([fingerprintOf(two)])
    await running.reloader.reload()
    expect(running.events).toHaveLength(1)
    expect(running.reloader.counts().get('own')).toMatchObject({ successes: 2, failures: 0 })
  })

  it('is the same version where only its times have changed', async () => {
    const running = await startFile(one.pem)
    const snapshot = running.registry.get('own')
    replace(running.path, one.pem)
    await aWhile()
    expect(running.registry.get('own')).toBe(snapshot)
    expect(running.events).toEqual([])
  })

  it('may become DER or PKCS#7', async () => {
    const running = await startFile(one.pem)
    replace(running.path, two.der)
    await becomes(running, [two])
    replace(running.path, certsOnly(three.der))
    await becomes(running, [three])
  })
})

describe('a CA file that cannot be used any more', () => {
  const half = two.pem.slice(0, two.pem.length / 2)

  it.each<[string, (path: string) => void, RegExp]>([
    ['is gone', (path) => rmSync(path), /it is not there/],
    ['is empty', (path) => truncateSync(path), /it holds nothing/],
    ['is cut within a certificate', (path) => writeFileSync(path, one.pem + half), /it has no END line/],
    ['is half written, alone', (path) => writeFileSync(path, half), /it has no END line/],
    ['has one certificate that cannot be read', (path) => writeFileSync(path, `${one.pem}${broken}${two.pem}`), /./],
    ['is text', (path) => writeFileSync(path, 'hello, world!'), /neither a PEM block nor base64/],
    ['has a key alone', (path) => writeFileSync(path, key), /private key/],
    ['is a folder', folderAt, /it is not a file/],
    ['is too large', (path) => writeFileSync(path, one.pem.repeat(2_000)), /more than 1000000/],
    ['leads to itself', loopAt, /its links lead in a circle/],
    ['is cut DER', (path) => writeFileSync(path, two.der.subarray(0, 100)), /./]
  ])('and %s leaves the last version served, with a warning, until it is right again', async (_what, spoil, reason) => {
    const running = await startFile(one.pem)
    const snapshot = running.registry.get('own')
    spoil(running.path)
    const warning = `The trust store own is served as it was last read with success, as version ${versionOf(one.pem)}: what it is read from cannot be used, because `
    await warned(running, expect.stringContaining(warning))
    expect(running.reloader.warnings()[0]).toMatch(reason)
    expect(running.registry.get('own')).toBe(snapshot)
    expect(running.events).toEqual([
      {
        kind: 'kept',
        store: 'own',
        version: versionOf(one.pem),
        because: [{ place: expect.stringContaining(running.path), reason: expect.stringMatching(reason) }]
      }
    ])
    expect(running.reloader.counts().get('own')).toMatchObject({ successes: 0, failing: true, lastSuccess: 1_000 })

    rmSync(running.path, { recursive: true, force: true })
    replace(running.path, two.pem)
    await becomes(running, [two])
    expect(running.reloader.warnings()).toEqual([])
  })

  it('is told of once for each change, and tried again now and then', async () => {
    const running = await startFile(one.pem)
    writeFileSync(running.path, half)
    await expect.poll(() => running.reloader.counts().get('own')?.failures).toBeGreaterThanOrEqual(3)
    expect(running.events).toHaveLength(1)
    writeFileSync(running.path, 'hello, world!')
    await expect.poll(() => running.events.length).toBe(2)
  })

  it('is said to be well again where it comes back as it was', async () => {
    const running = await startFile(one.pem)
    rmSync(running.path)
    await warned(running, expect.any(String))
    replace(running.path, one.pem)
    await expect.poll(() => running.reloader.warnings()).toEqual([])
    expect(running.events.at(-1)).toEqual({ kind: 'recovered', store: 'own', version: versionOf(one.pem) })
  })

  it('may go on holding what was never taken, but nothing more of it', async () => {
    const running = await startFile(`${broken}${one.pem}`)
    replace(running.path, `${two.pem}${broken}`)
    await becomes(running, [two])
    replace(running.path, `${three.pem}${broken}${broken}`)
    await warned(running, expect.any(String))
    expect(served(running)).toEqual([fingerprintOf(two)])
  })

  it('cannot be told from a whole one where it is cut between two certificates', async () => {
    const running = await startFile(one.pem + two.pem)
    truncateSync(running.path, one.pem.length)
    await becomes(running, [one])
  })
})

describe('a mounted ConfigMap', () => {
  it('changes as its folder of data becomes another', async () => {
    const mount = newFolder()
    const version = (name: string, pem: string): void => {
      mkdirSync(join(mount, name))
      writeFileSync(join(mount, name, 'ca.pem'), pem)
      symlinkSync(name, join(mount, '..data_tmp'))
      renameSync(join(mount, '..data_tmp'), join(mount, '..data'))
    }
    version('..2026_11_26_01', one.pem)
    symlinkSync('..data/ca.pem', join(mount, 'ca.pem'))
    const running = await start({
      caFiles: [{ name: 'file', path: join(mount, 'ca.pem') }],
      caDirectories: [{ name: 'folder', path: mount }]
    })
    version('..2026_11_26_02', two.pem)
    rmSync(join(mount, '..2026_11_26_01'), { recursive: true })
    await becomes(running, [two], 'file')
    await becomes(running, [two], 'folder')
    expect(running.events.map(({ kind }) => kind)).toEqual(['replaced', 'replaced'])
  })
})

describe('constraints beside a CA file', () => {
  const purposesOf = ({ registry }: Reloading) =>
    registry.get('own')?.store.anchors.map(({ constraints }) => constraints?.purposes)
  const serverAuth = '1.3.6.1.5.5.7.3.1'

  it('are read anew with it, and where they cannot be used it stays as limited as it was', async () => {
    const running = await startFile(one.pem)
    expect(purposesOf(running)).toEqual([undefined])
    const path = join(dirname(running.path), 'own.constraints.json')
    const text = JSON.stringify({ '*': { purposes: ['serverAuth'] } })
    replace(path, text)
    await expect.poll(() => purposesOf(running)).toEqual([[serverAuth]])
    const version = versionOf(`${sha256(one.pem)}constraints${sha256(text)}`)
    expect(running.registry.get('own')?.store.version).toBe(version)

    writeFileSync(path, text.slice(0, -1))
    await warned(running, expect.stringContaining(`as version ${version}: `))
    expect(running.reloader.warnings()[0]).toMatch(/because it is not JSON\.$/)
    replace(running.path, two.pem)
    await aWhile()
    expect(served(running)).toEqual([fingerprintOf(one)])
    expect(purposesOf(running)).toEqual([[serverAuth]])

    replace(path, text)
    await becomes(running, [two])
    expect(purposesOf(running)).toEqual([[serverAuth]])
    rmSync(path)
    await expect.poll(() => purposesOf(running)).toEqual([undefined])
  })
})

describe('a folder that changes', () => {
  const startFolder = async () => {
    const path = newFolder()
    writeFileSync(join(path, '1.pem'), one.pem)
    return { path, ...(await start({ caDirectories: [{ name: 'own', path }] })) }
  }

  it('is served with what was added, and without what was removed', async () => {
    const running = await startFolder()
    writeFileSync(join(running.path, '2.pem'), two.pem)
    await becomes(running, [one, two])
    rmSync(join(running.path, '1.pem'))
    await becomes(running, [two])
  })

  it.each<[string, (path: string) => void, RegExp]>([
    ['is gone', (path) => rmSync(path, { recursive: true }), /it is not there/],
    ['is empty', (path) => rmSync(join(path, '1.pem')), /there is no certificate in it/],
    ['has a file that leads nowhere', (path) => symlinkSync('nowhere', join(path, '2.pem')), /it is not there/],
    ['has half a file', (path) => writeFileSync(join(path, '2.pem'), two.pem.slice(0, 100)), /./],
    [
      'has constraints that would not be looked at',
      (path) => writeFileSync(join(path, '1.constraints.json'), '{}'),
      /constraints\.json/
    ]
  ])('and %s leaves the last version served, until it is right again', async (_what, spoil, reason) => {
    const running = await startFolder()
    spoil(running.path)
    await warned(running, expect.stringMatching(reason))
    expect(served(running)).toEqual([fingerprintOf(one)])
    rmSync(running.path, { recursive: true, force: true })
    mkdirSync(running.path)
    writeFileSync(join(running.path, '3.pem'), three.pem)
    await becomes(running, [three])
    // It is watched again as well: under the same name it is another folder now.
    writeFileSync(join(running.path, '4.pem'), one.pem)
    await becomes(running, [three, one])
    expect(running.reloader.warnings()).toEqual([])
  })
})

describe('the stopping', () => {
  it('ends all looking, and what is not a file of its own is not looked at', async () => {
    const running = await startFile(one.pem)
    expect([...running.reloader.counts().keys()]).toEqual(['own'])
    await running.reloader.stop()
    replace(running.path, two.pem)
    await aWhile()
    expect(served(running)).toEqual([fingerprintOf(one)])
  })
})
