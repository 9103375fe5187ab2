import { describe, expect, it } from 'vitest'
import { whenNoMoreCome } from '../src/last-connections.ts'

const block = (milliseconds: number): void => {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

describe('the last connections before nobody listens', () => {
  it('are waited for where clients pause for a moment before they come again', async () => {
    let taken = 0
    const begun = performance.now()
    for (const at of [30, 60, 90]) setTimeout(() => (taken += 1), at)
    await whenNoMoreCome(() => taken, 10_000)
    expect(taken).toBe(3)
    expect(performance.now() - begun).toBeGreaterThan(90)
  })

  it('are not cut off by work that lies between the look at the sockets and the end', async () => {
    const begun = performance.now()
    const busyUntil = begun + 400
    const work = (): void => {
      block(5)
      if (performance.now() < busyUntil) setImmediate(work)
    }
    setImmediate(work)
    await whenNoMoreCome(() => 0, 10_000)
    expect(performance.now()).toBeGreaterThan(busyUntil)
  })

  it('are taken one after the other, as each look at the sockets takes one', async () => {
    let taken = 0
    const begun = performance.now()
    const take = (): void => {
      taken += 1
      if (taken < 200) setImmediate(take)
    }
    const over = whenNoMoreCome(() => taken, 10_000)
    // When it was quiet for as long as that, so that nothing but the last look is before it.
    setTimeout(take, 50)
    await over
    expect(taken).toBe(200)
    expect(performance.now() - begun).toBeLessThan(5_000)
  })

  it('are waited for no longer than is said', async () => {
    let taken = 0
    const coming = setInterval(() => (taken += 1), 5)
    let working = true
    const work = (): void => {
      block(5)
      if (working) setImmediate(work)
    }
    setImmediate(work)
    const begun = performance.now()
    await whenNoMoreCome(() => taken, 300)
    const time = performance.now() - begun
    working = false
    clearInterval(coming)
    expect(time).toBeGreaterThanOrEqual(300)
    expect(time).toBeLessThan(3_000)
  })
})
