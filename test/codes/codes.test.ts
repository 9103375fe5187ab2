import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameChaining } from '#dist/core/checks/name-chaining.js'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { type Code, codes, rowOf } from '#dist/core/model/codes.js'
import { explanations } from '#dist/core/model/explanations.js'
import type { Verdict, VerdictFinding } from '#dist/core/model/verdict.js'
import { validate } from '#dist/core/validate.js'
import { root, server } from '../support/authority.ts'
import { missing } from '../support/engines.ts'
import { type FetchingApp, fetchingApp } from '../support/fetching-app.ts'
import { findingsOf } from '../support/findings.ts'
import { keyContext } from '../support/key-paths.ts'
import { type TestApp, testApp } from '../support/service-app.ts'
import { formCases } from './cases/form.ts'
import { keyCases } from './cases/keys.ts'
import { identityCases, nameConstraintCases } from './cases/names.ts'
import { pathCases } from './cases/path.ts'
import { policyCases } from './cases/policies.ts'
import { revocationCases } from './cases/revocation.ts'
import { trustCases } from './cases/trust.ts'
import { usageCases } from './cases/usage.ts'
import { byFingerprint, type CodeCase } from './code-case.ts'
import { places } from './places.ts'

/** A chain with the fault for every code: the compiler misses none of a table, and the test none of the tables. */
const cases: Readonly<Partial<Record<Code, () => CodeCase>>> = {
  ...formCases,
  ...keyCases,
  ...pathCases,
  ...trustCases,
  ...usageCases,
  ...nameConstraintCases,
  ...identityCases,
  ...policyCases,
  ...revocationCases
}

/** Writes what a command line of an explanation speaks of, runs it, and gives all that it printed. */
const printed = (command: string, { request }: CodeCase, verdict: Verdict, at: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-codes-'))
  try {
    const pems = byFingerprint([request.chain, request.intermediates, request.caBundle].join('\n'))
    const pemAt = (index: number): string => pems.get(verdict.path[index]?.fingerprint ?? '') ?? request.chain
    const write = (name: string, text: string | Uint8Array): void => writeFileSync(join(folder, name), text)
    write('chain.pem', request.chain)
    write('cert.pem', pemAt(at))
    write('issuer.pem', pemAt(Math.min(at + 1, verdict.path.length - 1)))
    write('ca.pem', request.caBundle ?? '')
    if (request.intermediates !== undefined) write('chain.pem', `${request.chain}${request.intermediates}`)
    if (request.crls !== undefined) write('crl.pem', request.crls)
    write('response.der', Buffer.from(request.ocspResponses?.[0] ?? '', 'base64'))
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' })
    return stdout + stderr
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('every code, on a chain that really has the fault', () => {
  let fetching: FetchingApp
  let offline: TestApp
  beforeAll(async () => {
    await places.open()
    fetching = await fetchingApp()
    offline = await testApp({ validate })
  })
  afterAll(async () => {
    await places.close()
    await offline.app.close()
  })

  it('is in the table of cases', () => {
    const covered = new Set([...Object.keys(cases), 'name-chaining-broken'])
    expect(Object.keys(codes).filter((code) => !covered.has(code))).toEqual([])
  })

  const verdictOn = async ({ request, offline: alone }: CodeCase): Promise<Verdict> => {
    if (alone !== true) return fetching.ask(request)
    const answer = await offline.app.inject({ method: 'POST', url: '/validate', payload: { ...request } })
    return answer.json<Verdict>()
  }

  it.each(Object.entries(cases))('%s', async (name, make) => {
    const code = name as Code
    const given = make()
    const verdict = await verdictOn(given)
    const { errors, warnings } = verdict
    const among: readonly VerdictFinding[] = given.warning === true ? warnings : errors
    expect(among.map((finding) => finding.code)).toContain(code)
    if (given.warning !== true) expect(verdict.valid).toBe(false)
    const { title, remedy, reference } = rowOf(code)
    expect(among.find((finding) => finding.code === code)).toEqual({
      code,
      type: `/errors/${code}`,
      message: typeof given.message === 'string' ? given.message : expect.stringMatching(given.message),
      certificate: given.certificate,
      reference: given.reference ?? reference,
      remedy,
      details: expect.anything()
    })
    const page = await offline.app.inject(`/errors/${code}`)
    expect(page.json()).toMatchObject({ code, title, remedy, reference })
    if (missing('openssl') !== undefined) return
    const { command } = explanations[code].check
    const text = printed(command, given, verdict, given.certificate ?? 0)
    expect(text, command).toMatch(given.openssl)
    expect(text, command).not.toMatch(/unknown option|Use -help|command not found/i)
  })

  it('name-chaining-broken, where somebody hands over a path whose names do not meet', () => {
    const [ca, other] = [root('Example CA'), root('Other CA')]
    const entries = [server(ca, 'www.example.com'), other].map(({ der }) => {
      const read = readCertificate(der)
      if (!read.ok) throw new Error(read.reason)
      return { certificate: read.value, source: 'chain' }
    })
    const [finding] = findingsOf(nameChaining, { entries, anchored: true }, keyContext())
    expect(finding).toMatchObject({ code: 'name-chaining-broken', certificate: 0 })
    expect(rowOf('name-chaining-broken').message(finding?.details ?? {})).toBe(
      'The certificate names CN=Example CA as its issuer, but the one above it is CN=Other CA.'
    )
  })
})
