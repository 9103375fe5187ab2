import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './support/authority.ts'
import { type RunningService, startService } from './support/service.ts'

describe('a list of roots that is no default store', () => {
  let service: RunningService
  beforeAll(async () => {
    service = await startService({ CA_FILES: '', DEFAULT_TRUST_STORES: 'system' })
  })
  afterAll(() => service.stop())

  const loaded = (store: string): number =>
    service.output().match(new RegExp(`"store":"${store}","certificates":\\d+[^\\n]*"trust store loaded"`, 'g'))
      ?.length ?? 0
  const figures = async (store: string): Promise<readonly string[]> => {
    const text = await (await fetch(`${service.url}/metrics`)).text()
    return text.split('\n').filter((line) => line.startsWith(`vidimus_trust_store_certificates{store="${store}"}`))
  }

  it('is neither read nor counted before somebody asks for it, and then read once', async () => {
    expect([loaded('system'), loaded('mozilla')]).toEqual([1, 0])
    expect(await figures('system')).toHaveLength(1)
    expect(await figures('mozilla')).toEqual([])
    for (let time = 0; time < 2; time++) {
      const answer = await fetch(`${service.url}/validate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ chain: root('Nobody knows').pem, trustStores: ['mozilla'] })
      })
      expect(await answer.json()).toMatchObject({ valid: false })
      await expect.poll(() => loaded('mozilla'), { timeout: 10_000 }).toBe(1)
    }
    expect(await figures('mozilla')).toHaveLength(1)
  })

  it('is in the list of trust stores with what it holds', async () => {
    const { stores } = (await (await fetch(`${service.url}/trust-stores`)).json()) as { stores: { name: string }[] }
    expect(stores).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'mozilla', version: `node-${process.versions.node}` })])
    )
  })
})
