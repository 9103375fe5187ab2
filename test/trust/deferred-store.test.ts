import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { trustStore } from '#dist/core/decode/input/trust-store.js'
import { DeferredStore, isRead } from '#dist/trust/deferred-store.js'
import type { MadeStore } from '#dist/trust/make-store.js'
import { root } from '../support/authority.ts'

const made = (): MadeStore => {
  const read = readCertificate(root('Deferred root').der)
  if (!read.ok) throw new Error(read.reason)
  return {
    store: trustStore({
      name: 'list',
      version: '7',
      anchors: [{ certificate: read.value, source: 'trustStore:list' }]
    }),
    refused: [{ path: 'list[1]', line: undefined, reason: 'it is text' }]
  }
}

/** A store whose reading takes `steps` steps, and what it came to; how often it was begun is counted. */
const deferred = (steps = 3) => {
  const result = made()
  const counts = { begun: 0, steps: 0 }
  const heard: MadeStore[] = []
  const read = function* (): Generator<undefined, MadeStore> {
    counts.begun += 1
    for (; counts.steps < steps; counts.steps++) yield
    return result
  }
  const store = new DeferredStore('list', read, (made) => heard.push(made))
  return { store, result, counts, heard }
}

describe('a store that is read when something of it is first asked for', () => {
  it('has its name before, and is not read for that', () => {
    const { store, counts, heard } = deferred()
    expect([store.name, counts, heard]).toEqual(['list', { begun: 0, steps: 0 }, []])
    expect([store.isRead, isRead(store)]).toEqual([false, false])
  })

  it.for(['version', 'digest', 'anchors', 'anchorsBySubject', 'crls'] as const)(
    'is read whole when its %s is asked for, once',
    (member) => {
      const { store, result, counts, heard } = deferred()
      expect(store[member]).toBe(result.store[member])
      expect([store.isRead, isRead(store), isRead(result.store)]).toEqual([true, true, true])
      expect(heard).toEqual([result])
      expect([store.version, store.digest, counts]).toEqual(['7', result.store.digest, { begun: 1, steps: 3 }])
    }
  )

  it('says what was not taken when it is read before anybody asks', async () => {
    const { store, result, counts, heard } = deferred()
    expect(await store.prepare()).toBe(result)
    expect(store.anchors).toBe(result.store.anchors)
    expect(await store.prepare()).toBe(result)
    expect([counts.begun, heard]).toEqual([1, [result]])
  })

  it('stays the one that was read where somebody asks in the middle', async () => {
    const results = [made(), made()]
    let begun = 0
    let asked = false
    const read = function* (): Generator<undefined, MadeStore> {
      const mine = begun++
      while (mine === 0 && !asked) yield
      return results[mine] ?? made()
    }
    let heard = 0
    const store = new DeferredStore('list', read, () => {
      heard += 1
    })
    const prepared = store.prepare()
    await new Promise((resolve) => setImmediate(resolve))
    const { anchors } = store
    asked = true
    expect((await prepared).store.anchors).toBe(anchors)
    expect(store.anchors).toBe(anchors)
    expect([begun, heard]).toEqual([2, 1])
  })
})
