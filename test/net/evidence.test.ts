import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultLimits } from '#dist/core/model/limits.js'
import { type Keeping, openKeeping } from '#dist/keep/open.js'
import { fetchCounters } from '#dist/net/counters.js'
import { type EvidenceParts, EvidenceSource } from '#dist/net/evidence.js'
import { EvidenceMemory } from '#dist/net/evidence-memory.js'
import { fileAt } from '#dist/net/evidence-request.js'
import type { EvidenceKeeping } from '#dist/net/keeping.js'
import { Refresher } from '#dist/net/refresher.js'
import { root } from '../support/authority.ts'
import { crlOf } from '../support/crls.ts'
import { testEgress } from '../support/egress.ts'
import { type EvidenceServer, evidenceServer } from '../support/evidence-server.ts'

/** 2026-01-01T00:00:00Z, when the CRLs of these tests begin to be current; they end a month later. */
const issued = 1_767_225_600
const nextUpdate = issued + 31 * 86_400

let files: EvidenceServer
let folder: string
let keeping: Keeping
let time = issued

beforeEach(async () => {
  time = issued + 100
  files = await evidenceServer()
  folder = mkdtempSync(join(tmpdir(), 'vidimus-evidence-'))
  keeping = await openKeeping({
    databaseUrl: undefined,
    dataDir: folder,
    maxVersions: 1,
    clock: () => time,
    report: () => undefined
  })
})
afterEach(async () => {
  await files.close()
  await keeping.close()
  rmSync(folder, { recursive: true })
})

const crl = crlOf({ issuer: root() })

interface Opened {
  readonly source: EvidenceSource
  readonly parts: EvidenceParts
  readonly failures: unknown[]
}

const open = (kept: EvidenceKeeping | undefined, spec: Partial<EvidenceParts> = {}): Opened => {
  const counters = fetchCounters()
  const failures: unknown[] = []
  const parts: EvidenceParts = {
    egress: testEgress({ counters, headerMs: 3_000 }),
    memory: new EvidenceMemory(1_000_000),
    keeping: kept,
    clock: () => time,
    counters,
    lifetimes: { least: 60, most: 86_400 },
    failureSeconds: 30,
    asking: { maxCrlBytes: 1_000_000, limits: defaultLimits, nonce: undefined },
    keepingFailed: (error) => failures.push(error),
    ...spec
  }
  return { source: new EvidenceSource(parts), parts, failures }
}

const crlAt = (path: string) => fileAt('crl', `${files.url}${path}`)

describe('one piece of evidence', () => {
  it('is fetched once however many ask for it at once', async () => {
    let answers = 0
    files.files.set('/ca.crl', (_request, response) => {
      answers += 1
      setTimeout(() => response.end(crl), 50)
    })
    const { source, parts } = open(keeping.evidence)
    const obtained = await Promise.all(Array.from({ length: 1_000 }, () => source.get(crlAt('/ca.crl'))))
    expect(obtained.every(({ ok }) => ok)).toBe(true)
    expect([answers, files.asked.length]).toEqual([1, 1])
    expect([...parts.counters.outcomes]).toEqual([['crl fetched', 1]])
  })

  it('is not asked for again for a while where it could not be had', async () => {
    const { source, parts } = open(undefined)
    const asked = () => source.get(crlAt('/missing.crl'))
    expect(await asked()).toMatchObject({ ok: false, fault: { kind: 'status' } })
    time += 29
    expect(await asked()).toMatchObject({ ok: false, fault: { kind: 'status' } })
    expect(files.asked).toHaveLength(1)
    expect(parts.counters.found.rememberedFailure).toBe(1)
    files.files.set('/missing.crl', crl)
    time += 1
    expect(await asked()).toMatchObject({ ok: true, how: 'network' })
    expect(files.asked).toHaveLength(2)
  })

  it('is used until it says that there will be newer, within the bounds of the service', async () => {
    files.files.set('/ca.crl', crl)
    const { source } = open(undefined)
    const obtained = await source.get(crlAt('/ca.crl'))
    expect(obtained).toMatchObject({ ok: true, value: { fetchedAt: time, freshUntil: time + 86_400 } })
    time += 86_399
    expect(source.atHand(crlAt('/ca.crl'))).toBeDefined()
    time += 1
    expect(source.atHand(crlAt('/ca.crl'))).toBeUndefined()
    time = nextUpdate - 1_000
    expect(await source.get(crlAt('/ca.crl'))).toMatchObject({ ok: true, value: { freshUntil: nextUpdate } })
    time = nextUpdate + 1_000
    expect(await source.get(crlAt('/ca.crl'))).toMatchObject({ ok: true, value: { freshUntil: time + 60 } })
    expect(files.asked).toHaveLength(3)
  })
})

describe('evidence that is kept', () => {
  it('serves another process and the same one after a restart, until it is not fresh any more', async () => {
    files.files.set('/ca.crl', crl)
    await open(keeping.evidence).source.get(crlAt('/ca.crl'))
    // What is fetched is answered with before it is kept.
    await expect.poll(() => keeping.evidence.get('crl', `${files.url}/ca.crl`)).toBeDefined()
    const { source, parts } = open(keeping.evidence)
    expect(await source.get(crlAt('/ca.crl'))).toMatchObject({ ok: true, how: 'kept' })
    expect(source.atHand(crlAt('/ca.crl'))).toBeDefined()
    expect([files.asked.length, parts.counters.found.kept]).toEqual([1, 1])
    time += 86_401
    expect(await open(keeping.evidence).source.get(crlAt('/ca.crl'))).toMatchObject({ ok: true, how: 'network' })
  })

  it('has issuers that are found by name after a restart', async () => {
    const ca = root('Kept')
    files.files.set('/ca', ca.der)
    const request = fileAt('issuer', `${files.url}/ca`)
    const first = await open(keeping.evidence).source.get(request)
    const key =
      first.ok && first.value.read.kind === 'issuer' ? first.value.read.certificates[0]?.subject.key : undefined
    await expect.poll(() => keeping.evidence.get('issuer', request.key)).toBeDefined()
    const { source } = open(keeping.evidence)
    expect(source.issuersNamed(key ?? '', 8)).toEqual([])
    await source.recallIssuers(100)
    expect(source.issuersNamed(key ?? '', 8)).toMatchObject([{ url: request.url }])
    expect(files.asked).toHaveLength(1)
  })

  it('is done without where it cannot be had', async () => {
    files.files.set('/ca.crl', crl)
    const away = (): Promise<never> => Promise.reject(new Error('away'))
    const { source, failures } = open({ get: away, put: away, due: away, trim: away })
    expect(await source.get(crlAt('/ca.crl'))).toMatchObject({ ok: true, how: 'network' })
    await expect.poll(() => failures.length).toBe(2)
  })

  it('is fetched where what is kept cannot be read', async () => {
    files.files.set('/ca.crl', crl)
    const { source } = open(keeping.evidence)
    const kept = { kind: 'crl', key: `${files.url}/ca.crl`, body: Buffer.from('<html>') } as const
    await keeping.evidence.put({ ...kept, fetchedAt: time, freshUntil: time + 1_000 })
    expect(await source.get(crlAt('/ca.crl'))).toMatchObject({ ok: true, how: 'network' })
  })
})

describe('evidence in memory', () => {
  it('is bounded in bytes: the longest unused goes first', async () => {
    for (const path of ['/1', '/2', '/3']) files.files.set(path, crl)
    const { source, parts } = open(undefined, { memory: new EvidenceMemory(11_000) })
    await source.get(crlAt('/1'))
    await source.get(crlAt('/2'))
    expect(source.atHand(crlAt('/1'))).toBeDefined()
    await source.get(crlAt('/3'))
    expect(parts.memory.bytes).toBeLessThanOrEqual(11_000)
    expect(['/1', '/2', '/3'].map((path) => source.atHand(crlAt(path)) !== undefined)).toEqual([true, false, true])
  })

  it('has no issuer any more that was put out', async () => {
    const [one, other] = [root('One'), root('Other')]
    files.files.set('/one', one.der)
    files.files.set('/other', other.der)
    const { source, parts } = open(undefined, { memory: new EvidenceMemory(6_000) })
    const first = await source.get(fileAt('issuer', `${files.url}/one`))
    const key =
      first.ok && first.value.read.kind === 'issuer' ? first.value.read.certificates[0]?.subject.key : undefined
    expect(source.issuersNamed(key ?? '', 8)).toMatchObject([{ url: `${files.url}/one` }])
    await source.get(fileAt('issuer', `${files.url}/other`))
    expect(source.issuersNamed(key ?? '', 8)).toEqual([])
    expect(parts.memory.bytes).toBeLessThanOrEqual(6_000)
  })
})

describe('what is in use', () => {
  const refresher = ({ source, parts }: Opened): Refresher => {
    const { memory, keeping: kept, clock, keepingFailed } = parts
    return new Refresher({ source, memory, keeping: kept, clock, leastAge: 60, keptBytes: 1_000_000, keepingFailed })
  }

  it('is fetched anew before it stops being fresh, and what nobody used lately is not', async () => {
    for (const path of ['/used', '/unused']) files.files.set(path, crl)
    const opened = open(undefined)
    const { source } = opened
    await source.get(crlAt('/used'))
    await source.get(crlAt('/unused'))
    expect(await refresher(opened).look()).toBe(0)
    time += 86_400 - 60
    expect(source.atHand(crlAt('/used'))).toBeDefined()
    expect(await refresher(opened).look()).toBe(1)
    expect(files.asked.slice(2)).toEqual(['GET /used'])
    time += 60
    expect(source.atHand(crlAt('/used'))).toMatchObject({ fetchedAt: time - 60 })
    expect(source.atHand(crlAt('/unused'))).toBeUndefined()
  })

  it('is taken over from another process that has fetched it anew', async () => {
    files.files.set('/ca.crl', crl)
    const [one, other] = [open(keeping.evidence), open(keeping.evidence)]
    await one.source.get(crlAt('/ca.crl'))
    await expect.poll(() => keeping.evidence.get('crl', `${files.url}/ca.crl`)).toBeDefined()
    await other.source.get(crlAt('/ca.crl'))
    time += 86_400 - 60
    one.source.atHand(crlAt('/ca.crl'))
    other.source.atHand(crlAt('/ca.crl'))
    await refresher(one).look()
    await expect.poll(async () => (await keeping.evidence.get('crl', `${files.url}/ca.crl`))?.fetchedAt).toBe(time)
    expect(await refresher(other).look()).toBe(1)
    expect(files.asked).toHaveLength(2)
    expect(other.source.atHand(crlAt('/ca.crl'))).toMatchObject({ fetchedAt: time })
  })

  it('is not fetched anew over and over where it is out of date', async () => {
    files.files.set('/ca.crl', crl)
    time = nextUpdate + 1_000
    const opened = open(undefined)
    await opened.source.get(crlAt('/ca.crl'))
    expect(await refresher(opened).look()).toBe(0)
    time += 61
    expect(await refresher(opened).look()).toBe(1)
    expect(await refresher(opened).look()).toBe(0)
    expect(files.asked).toHaveLength(2)
  })

  it('clears away what is kept and was fresh a week ago', async () => {
    files.files.set('/ca.crl', crl)
    const opened = open(keeping.evidence)
    await opened.source.get(crlAt('/ca.crl'))
    await expect.poll(() => keeping.evidence.get('crl', `${files.url}/ca.crl`)).toBeDefined()
    time += 86_400 + 604_799
    await refresher(opened).look()
    expect(await keeping.evidence.get('crl', `${files.url}/ca.crl`)).toBeDefined()
    time += 2
    await refresher(opened).look()
    expect(await keeping.evidence.get('crl', `${files.url}/ca.crl`)).toBeUndefined()
  })
})
