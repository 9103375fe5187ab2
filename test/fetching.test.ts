import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Verdict } from '#dist/core/model/verdict.js'
import { root, server } from './support/authority.ts'
import { crlOf } from './support/crls.ts'
import { type EvidenceServer, evidenceServer } from './support/evidence-server.ts'
import { untilItJudges } from './support/judging.ts'
import { crlDistributionPoints } from './support/locations.ts'
import { type RunningService, startService } from './support/service.ts'
import { hour, utcDigits } from './support/times.ts'
import { errorsOf, warningsOf } from './support/verdicts.ts'

let files: EvidenceServer
let folder: string
let service: RunningService | undefined

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vidimus-fetching-'))
  files = await evidenceServer()
  files.files.set('/ca.crl', crlOf({ issuer: ca, thisUpdate: utcDigits(-hour), nextUpdate: utcDigits(hour) }))
})
afterEach(async () => {
  await service?.stop()
  service = undefined
  await files.close()
  rmSync(folder, { recursive: true })
})

const ca = root()

const asked = async (environment: Readonly<Record<string, string>>): Promise<Verdict> => {
  service = await startService({
    DATA_DIR: folder,
    VALIDATION_DEADLINE_MS: '20000',
    FETCH_DEADLINE_MS: '20000',
    ...environment
  })
  await untilItJudges(service)
  const chain = server(ca, 'www.example.test', { extensions: [crlDistributionPoints([`${files.url}/ca.crl`])] }).pem
  const response = await fetch(`${service.url}/validate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ chain, caBundle: ca.pem, revocation: { mode: 'require', fetch: true } })
  })
  return (await response.json()) as Verdict
}

describe('a service as it is configured', () => {
  it('fetches from what is allowed', async () => {
    const ports = new URL(files.url).port
    const verdict = await asked({ FETCH_ALLOWED_NETWORKS: '127.0.0.1', FETCH_ALLOWED_PORTS: ports })
    expect([verdict.outcome, files.asked]).toEqual(['valid', ['GET /ca.crl']])
  })

  it('does not fetch again after a restart what it has kept', async () => {
    const environment = { FETCH_ALLOWED_NETWORKS: '127.0.0.1', FETCH_ALLOWED_PORTS: new URL(files.url).port }
    const first = await asked(environment)
    await service?.stop()
    const second = await asked(environment)
    expect([first, second].map(({ outcome, fetches }) => [outcome, fetches?.[0]?.outcome])).toEqual([
      ['valid', 'fetched'],
      ['valid', 'kept']
    ])
    expect(files.asked).toEqual(['GET /ca.crl'])
  })

  it('fetches from the public Internet alone by default', async () => {
    const verdict = await asked({ FETCH_ALLOWED_PORTS: '1-65535' })
    expect([verdict.outcome, errorsOf(verdict)]).toEqual(['indeterminate', [['revocation-unreachable', 0]]])
    expect(verdict.fetches?.[0]?.reason).toBe('has a host whose address is not allowed')
    expect(files.asked).toEqual([])
  })

  it('fetches nothing where that is switched off, and says so', async () => {
    const verdict = await asked({ FETCH: 'off', FETCH_ALLOWED_NETWORKS: '127.0.0.1', FETCH_ALLOWED_PORTS: '1-65535' })
    expect([verdict.outcome, errorsOf(verdict)]).toEqual(['indeterminate', [['revocation-unknown', 0]]])
    expect(warningsOf(verdict)).toEqual([['fetching-unavailable', null]])
    expect(files.asked).toEqual([])
  })
})
