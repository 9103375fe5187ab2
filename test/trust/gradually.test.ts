import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { gradually } from '#dist/trust/gradually.js'
import { makeStore } from '#dist/trust/make-store.js'
import { root } from '../support/authority.ts'

/** How many turns the event loop takes until `work` is done. */
const turnsDuring = async (work: Promise<unknown>): Promise<number> => {
  let done = false
  let turns = 0
  const count = async (): Promise<void> => {
    for (; !done; turns += 1) await turn()
  }
  const counting = count()
  await work
  done = true
  await counting
  return turns
}

describe('work that is done gradually', () => {
  it('gives what it comes to, and fails as it fails', async () => {
    function* steps() {
      yield undefined
      return 7
    }
    expect(await gradually(steps())).toBe(7)
    function* failing() {
      yield undefined
      throw new RangeError('too far')
    }
    await expect(gradually(failing())).rejects.toThrow(RangeError)
  })

  it('lets others have their turn while a store of many certificates is made', async () => {
    const octets = Buffer.from(root().pem.repeat(10_000))
    const made = makeStore('many', '1', [{ path: 'many.pem', octets, use: 'anything' }])
    expect(await turnsDuring(made)).toBeGreaterThan(10)
    const result = await made
    if ('fault' in result) throw new Error(result.fault.reason)
    expect(result.store.anchors).toHaveLength(1)
    expect(result.refused).toEqual([])
  })
})
