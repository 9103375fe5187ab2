import { beforeEach, describe, expect, it } from 'vitest'
import { trustStore } from '#dist/core/decode/input/trust-store.js'
import { TrustRegistry } from '#dist/trust/registry.js'
import { type UploadedEvent, UploadedStores } from '#dist/trust/uploaded.js'
import { root } from '../support/authority.ts'
import { type MemoryKeeping, memoryKeeping } from '../support/memory-keeping.ts'

const [one, two] = [root('Root One'), root('Root Two')]

let keeping: MemoryKeeping
let registry: TrustRegistry
let events: UploadedEvent[]
let uploaded: UploadedStores
beforeEach(() => {
  keeping = memoryKeeping()
  registry = new TrustRegistry()
  events = []
  uploaded = new UploadedStores({ keeping, registry, report: (event) => events.push(event) })
})

/** As another process keeps a change. */
const keep = async (
  name: string,
  seen: number,
  certificates: readonly Uint8Array[] | undefined,
  constraints?: string
) => {
  const content = certificates && { certificates, crls: [], constraints }
  const action = content === undefined ? 'delete' : 'replace'
  const change = { name, seen, at: 1_000 + seen, by: 'else', action, fromDigest: null, digest: 'd', content } as const
  expect((await keeping.keep(change)).kind).toBe('kept')
}
const subjects = (name: string): readonly string[] | undefined =>
  registry.get(name)?.store.anchors.map(({ certificate }) => certificate.subject.text)

describe('uploaded stores', () => {
  it('are served from the start', async () => {
    await keep('mine', 0, [one.der, two.der], JSON.stringify({ '*': { distrustAfter: '2026-01-01T00:00:00Z' } }))
    await uploaded.start()
    const snapshot = registry.get('mine')
    expect(snapshot).toMatchObject({
      origin: 'uploaded',
      from: 'else',
      since: 1_000,
      store: { name: 'mine', version: '1' }
    })
    expect(subjects('mine')).toEqual(['CN=Root One', 'CN=Root Two'])
    expect(snapshot?.store.anchors[1]).toMatchObject({
      source: 'trustStore:mine',
      constraints: { distrustAfter: 1_767_225_600 }
    })
    expect(events).toMatchObject([{ kind: 'served', record: { name: 'mine' }, certificates: 2 }])
  })

  it('change soon after somebody else has changed them, and only those', async () => {
    await keep('mine', 0, [one.der])
    await keep('other', 0, [one.der])
    await uploaded.start()
    const other = registry.get('other')
    await keep('mine', 1, [two.der])
    keeping.tell()
    await uploaded.refresh()
    expect(subjects('mine')).toEqual(['CN=Root Two'])
    expect(registry.get('other')).toBe(other)
    await keep('mine', 2, undefined)
    await uploaded.refresh()
    expect(registry.get('mine')).toBeUndefined()
    expect(events.at(-1)).toEqual({ kind: 'removed', name: 'mine' })
  })

  it('are removed where the database has never heard of them, and changed where it counts anew', async () => {
    await keep('mine', 0, [one.der])
    await keep('other', 0, [one.der])
    await uploaded.start()
    keeping.clear()
    await keep('mine', 0, [two.der])
    await uploaded.refresh()
    expect([subjects('mine'), subjects('other')]).toEqual([['CN=Root Two'], undefined])
  })

  it('stay as they are where a version is damaged, cannot be read, or has constraints that cannot', async () => {
    await keep('mine', 0, [one.der])
    await uploaded.start()
    await keep('mine', 1, [two.der])
    keeping.damage('mine', 2)
    await uploaded.refresh()
    await uploaded.refresh()
    expect(subjects('mine')).toEqual(['CN=Root One'])
    const reason = 'its content is not what was written'
    expect(events.slice(1)).toMatchObject([{ kind: 'not-served', record: { version: 2 }, reason }])
    expect(uploaded.notes()).toEqual([`Version 2 of the uploaded trust store mine is not served: ${reason}.`])
    await keep('mine', 2, [Uint8Array.of(48, 0)])
    await uploaded.refresh()
    expect(uploaded.notes()[0]).toContain(
      'Version 3 of the uploaded trust store mine is not served: its certificate 0 cannot'
    )
    await keep('mine', 3, [two.der], '{"*":{}}')
    await uploaded.refresh()
    expect(uploaded.notes()[0]).toContain('its constraints cannot be used: /* is empty')
    expect(subjects('mine')).toEqual(['CN=Root One'])
    await keep('mine', 4, [two.der])
    await uploaded.refresh()
    expect([subjects('mine'), uploaded.notes()]).toEqual([['CN=Root Two'], []])
  })

  it('never take the place of a store of the configuration', async () => {
    const configured = {
      store: trustStore({ name: 'mine', version: 'v', anchors: [] }),
      origin: 'file',
      from: 'f',
      since: 0
    } as const
    registry.put('mine', configured)
    await keep('mine', 0, [one.der])
    await uploaded.start()
    expect(registry.get('mine')).toBe(configured)
    expect(uploaded.notes()).toEqual([
      'Version 1 of the uploaded trust store mine is not served: the configuration has a store of this name.'
    ])
    await keep('mine', 1, undefined)
    await uploaded.refresh()
    expect([registry.get('mine'), uploaded.notes()]).toEqual([configured, []])
  })

  it('are served while the database is away, and followed again when it is back', async () => {
    await keep('mine', 0, [one.der])
    await uploaded.start()
    keeping.state = 'away'
    keeping.tell()
    await uploaded.refresh()
    expect(subjects('mine')).toEqual(['CN=Root One'])
    expect(uploaded.notes()).toEqual(['The uploaded trust stores cannot be read; those read before are served.'])
    keeping.state = 'works'
    await keep('mine', 1, [two.der])
    await uploaded.refresh()
    expect([subjects('mine'), uploaded.notes()]).toEqual([['CN=Root Two'], []])
    expect(events.map(({ kind }) => kind)).toEqual(['served', 'unreachable', 'served', 'reachable'])
  })

  it('do not keep the service from starting where the database is away', async () => {
    keeping.state = 'away'
    await uploaded.start()
    expect(registry.snapshots.size).toBe(0)
    keeping.state = 'works'
    await keep('mine', 0, [one.der])
    keeping.tell()
    await uploaded.refresh()
    expect(subjects('mine')).toEqual(['CN=Root One'])
  })

  it('are served as they were written where they cannot be read again', async () => {
    await uploaded.start()
    await keep('mine', 0, [one.der])
    const [record] = await keeping.versions('mine', undefined, 1)
    keeping.state = 'away'
    if (record === undefined) throw new Error('nothing was kept')
    await uploaded.serve(record, { certificates: [one.der], crls: [], constraints: undefined })
    expect([subjects('mine'), uploaded.served('mine')]).toEqual([['CN=Root One'], record])
  })

  it('are compared once for all who ask while a comparison runs', async () => {
    let questions = 0
    const heads = () => {
      questions += 1
      return keeping.heads()
    }
    const counting = { ...keeping, heads }
    const stores = new UploadedStores({ keeping: counting, registry, report: () => undefined })
    await Promise.all(Array.from({ length: 50 }, () => stores.refresh()))
    expect(questions).toBe(2)
  })
})
