import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { untilItJudges } from '../support/judging.ts'
import { type RunningService, startService } from '../support/service.ts'
import { mebibyte, type OwnCase } from './own/case.ts'
import { ownCases } from './own/cases.ts'
import { measure } from './own/measure.ts'

/**
 * One case or two of each kind: `npm run test:hostile` sends all, and tells the figures. The targets are 1.5 s, 256 MiB and
 * 100 ms; here ten times the times are allowed, and twice the memory, for machines are shared. Nobody waits longer for
 * `GET /health/live` than the case itself takes.
 */
const told: readonly string[] = [
  'mesh of 20, with a way, without key identifiers',
  'mesh of 20, without a way, with key identifiers',
  'mesh of 40, with a way, without key identifiers',
  '20 rows of 6 CAs, each certified by each above, under a root that is valid',
  '4800 roots of one name, the last of which issued it, with key identifiers',
  '10,000 DNS names against 10,000 permitted subtrees',
  '10,000 directory names against 10,000 excluded subtrees',
  'a common name of a million marks to be sorted',
  'an object identifier of 4 MB',
  '1,000 names asked for, against 100,000 in the certificate',
  'policies that double over 12 levels',
  '50,000 policy mappings at each of 3 levels',
  'a CRL of 200,000 entries',
  'a CRL of a million tiny extensions',
  'an OCSP response of 60,000 single responses',
  'an RSA key of 64k bits',
  'a curve that is spelt out, over no prime',
  '900 RSA keys of 8,192 bits and one name, with the largest exponent',
  '1000 nested sequences in an extension',
  '1000 nested sequences in a name',
  '1000 nested sequences in a CMS message',
  'a CMS message of 50,000 certificates',
  '300,000 unknown extensions',
  '100,000 tiny certificates in PEM',
  'PEM: a million header lines',
  'PEM in JSON: 8 MB of BEGIN lines',
  'JSON: 8 million brackets',
  'JSON: a name 99,000 times',
  'a form of 100,000 parts'
]

const slowest = 15_000
const mostGrowth = 512 * mebibyte
const slowestLive = 1_000

const caseNamed = (id: string): OwnCase => {
  const found = ownCases.find((each) => each.id === id)
  if (found === undefined) throw new Error(`there is no case named ${id}`)
  return found
}

describe('hostile input of our own', () => {
  let service: RunningService

  beforeAll(async () => {
    service = await startService({ LOG_LEVEL: 'warn' })
    await untilItJudges(service)
  })
  afterAll(async () => {
    expect(await service.stop()).toBe(0)
  })

  it('has a name for each case', () => {
    expect(new Set(ownCases.map(({ id }) => id)).size).toBe(ownCases.length)
    expect(ownCases.length).toBeGreaterThan(150)
  })

  it.each(told)('is answered, and takes nothing from others: %s', async (id) => {
    const each = caseNamed(id)
    const { outcome, milliseconds, growth, live } = await measure(service, each)
    expect(each.allowed).toContain(outcome)
    expect(milliseconds).toBeLessThan(slowest)
    expect(growth).toBeLessThan(mostGrowth)
    expect(live.p99).toBeLessThan(Math.max(slowestLive, milliseconds))
  })
})
