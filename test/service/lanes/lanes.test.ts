import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { trustStore } from '#dist/core/decode/input/trust-store.js'
import { defaultLimits } from '#dist/core/model/limits.js'
import type { ValidationRequest, ValidationSettings } from '#dist/core/model/request.js'
import type { TrustStore } from '#dist/core/model/trust-store.js'
import { repairChain } from '#dist/core/repair-chain.js'
import { validate, validation } from '#dist/core/validate.js'
import { convert } from '#dist/core/write/convert.js'
import { packageFile } from '#dist/package-file.js'
import { inspectionAnswer } from '#dist/service/inspection.js'
import { type Lanes, lanesOf } from '#dist/service/lanes/lanes.js'
import { isSmall } from '#dist/service/lanes/size.js'
import { workOf } from '#dist/service/lanes/work.js'
import { Memory } from '#dist/service/memory/memory.js'
import { accept, type Proposal } from '#dist/service/trust-stores/accepted.js'
import { type Issued, intermediate, root, server } from '../../support/authority.ts'
import { crlOf } from '../../support/crls.ts'
import { testTime } from '../../support/service-app.ts'

const anchor = root()
const issuing = intermediate(anchor)
const leaf = server(issuing)
const chain = `${leaf.pem}${issuing.pem}`

const storeOf = (version: string, ...roots: readonly Issued[]): TrustStore =>
  trustStore({
    name: 'internal',
    version,
    anchors: roots.flatMap(({ der }) => {
      const read = readCertificate(der)
      return read.ok ? [{ certificate: read.value, source: 'trustStore:internal' }] : []
    })
  })

const settings: ValidationSettings = { now: testTime, securityLevel: 2, limits: defaultLimits, maxCertificates: 2_000 }

interface LaneParts {
  readonly deadline?: number
  readonly validation?: typeof validation
}

const open: Lanes[] = []
const lanes = ({
  deadline = 20_000,
  validation: judge = validation
}: LaneParts = {}): { readonly lanes: Lanes; readonly here: ValidationRequest[] } => {
  const here: ValidationRequest[] = []
  const made = lanesOf(
    {
      validation: (request, ...rest) => {
        here.push(request)
        return judge(request, ...rest)
      },
      repairChain: (request, ...rest) => {
        here.push(request)
        return repairChain(request, ...rest)
      }
    },
    {
      entry: packageFile('dist/service/lanes/worker.js'),
      smallBytes: 65_536,
      noteBytes: 2 ** 26,
      textBytes: 2 ** 26,
      args: ['1048576'],
      size: 1,
      queue: 8,
      patience: 20_000,
      deadline,
      heapLimit: 256,
      memoryLimit: 2 ** 30
    }
  )
  open.push(made)
  return { lanes: made, here }
}

afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

const large = (request: Partial<ValidationRequest> = {}): ValidationRequest => ({
  chain: [chain, ...Array.from({ length: 120 }, () => issuing.pem)],
  ...request
})

describe('a small request', () => {
  it('is judged where it arrived', async () => {
    const { lanes: two, here } = lanes()
    const outcome = await two.validate({ chain }, [storeOf('1', anchor)], settings)
    expect(outcome).toEqual(validate({ chain }, [storeOf('1', anchor)], settings))
    expect(outcome).toMatchObject({ kind: 'verdict', verdict: { valid: true } })
    expect(here).toHaveLength(1)
    expect(two.counts()).toMatchObject({ here: 1, workers: { busy: 0, ready: 0, starting: 0 } })
  })

  it('goes through its stages beside others that came in the same turn', async () => {
    const stages: string[] = []
    const { lanes: two } = lanes({
      *validation(request, ...rest) {
        const judged = validation(request, ...rest)
        for (;;) {
          stages.push(String(request.hostname))
          const stage = judged.next()
          if (stage.done === true) return stage.value
          yield
        }
      }
    })
    const names = ['a.example.test', 'b.example.test', 'www.example.test']
    const outcomes = await Promise.all(
      names.map((hostname) => two.validate({ chain, hostname }, [storeOf('1', anchor)], settings))
    )
    expect(stages).toEqual([...names, ...names, ...names])
    expect(outcomes).toEqual(names.map((hostname) => validate({ chain, hostname }, [storeOf('1', anchor)], settings)))
  })

  it.each([
    ['of a chain', { chain }, true],
    ['of DER', { chain: leaf.der }, true],
    ['with CRLs', { chain, crls: 'x' }, false],
    ['with OCSP responses', { chain, ocspResponses: [] }, false],
    ['that asks for revocation', { chain, revocation: { mode: 'prefer' } }, false],
    ['that switches revocation off', { chain, revocation: { mode: 'off' } }, true],
    ['of 65,536 characters', { chain: 'a'.repeat(65_536) }, true],
    ['of 200 names', { chain, names: Array.from({ length: 200 }, () => ({ type: 'dns', value: 'a.example' })) }, true],
    ['of 300', { chain, names: Array.from({ length: 300 }, () => ({ type: 'dns', value: 'a.example' })) }, false],
    ['of more', { chain: 'a'.repeat(65_000), caBundle: ['a'.repeat(537)] }, false]
  ] satisfies readonly (readonly [string, ValidationRequest, boolean])[])('is one %s: %s', (_title, request, small) => {
    expect(isSmall(request, 65_536)).toBe(small)
    expect(isSmall(request, 0)).toBe(false)
  })

  it('that proves dear is judged again, with the whole limits, elsewhere', async () => {
    const { lanes: two, here } = lanes()
    // Thirteen CAs of one name and other keys, each of which may have signed the other: more signatures than a small request may cost.
    const cas = Array.from({ length: 13 }, () => root('Mesh', { keyIdentifiers: false }))
    const request = {
      chain: [server(cas[0] ?? anchor).pem, ...cas.map(({ pem }) => pem)],
      caBundle: anchor.pem,
      explain: 'all'
    } as const
    const limits = { ...defaultLimits, signatureChecks: 200 }
    const outcome = await two.validate(request, [], { ...settings, limits })
    expect(outcome).toEqual(validate(request, [], { ...settings, limits }))
    expect(here).toHaveLength(1)
    expect(two.counts()).toMatchObject({ here: 0, done: 1 })
  })

  it('is judged where it arrived, however long its chain, once the CAs above it are remembered', async () => {
    const { lanes: two } = lanes()
    // Nine signatures under P-384, of which each counts as nine.
    const cas = [root('Long 0', { key: 'p384' })]
    for (let at = 1; at < 9; at++) cas.push(intermediate(cas[at - 1] ?? anchor, `Long ${at}`, { key: 'p384' }))
    const [top = anchor, ...others] = cas
    const above = others.toReversed().map(({ pem }) => pem)
    const given = { ...settings, memory: new Memory(2 ** 24) }
    const stores = [storeOf('1', top)]
    const here: number[] = []
    for (let time = 0; time < 4; time++) {
      const request = { chain: [server(cas[8] ?? anchor).pem, ...above] }
      const outcome = await two.validate(request, stores, given)
      expect(outcome).toEqual(validate(request, stores, settings))
      expect(outcome).toMatchObject({ verdict: { valid: true } })
      here.push(two.counts().here)
    }
    expect(here).toEqual([0, 0, 1, 2])
  })

  it('of more than 64 objects is judged elsewhere, however they are spread', async () => {
    const { lanes: two } = lanes()
    for (const chain of [[leaf.pem.repeat(33), leaf.pem.repeat(32)], leaf.pem.repeat(65)]) {
      expect(isSmall({ chain }, 65_536)).toBe(true)
      const outcome = await two.validate({ chain }, [], settings)
      expect(outcome).toEqual(validate({ chain }, [], settings))
    }
    expect(two.counts()).toMatchObject({ here: 0, done: 2 })
    expect(await two.validate({ chain: leaf.pem.repeat(64) }, [], settings)).toMatchObject({ kind: 'verdict' })
    expect(await two.validate({ chain: leaf.pem.repeat(3) }, [], { ...settings, maxCertificates: 2 })).toMatchObject({
      code: 'too-many-certificates'
    })
    expect(two.counts()).toMatchObject({ here: 2, done: 2 })
  })
})

describe('a large request', () => {
  it('is judged in another process, with the same outcome', async () => {
    const { lanes: two, here } = lanes()
    for (const request of [
      large(),
      large({ hostname: 'other.example.test', explain: 'all' }),
      large({ crls: [Buffer.from(crlOf({ issuer: issuing })).toString('base64')] }),
      large({ chain: new Uint8Array(70_000) }),
      large({ time: 'never' })
    ]) {
      expect(await two.validate(request, [storeOf('1', anchor)], settings)).toEqual(
        validate(request, [storeOf('1', anchor)], settings)
      )
    }
    expect(here).toEqual([])
  })

  it('is held to the stores that it is given, whatever version the process knew before', async () => {
    const { lanes: two } = lanes()
    const [old, renewed] = [storeOf('1', root('Another')), storeOf('2', anchor)]
    for (const [store, valid] of [
      [old, false],
      [renewed, true],
      [old, false]
    ] as const) {
      const outcome = await two.validate(large(), [store], settings)
      expect(outcome).toMatchObject({ verdict: { valid, trust: [{ name: 'internal', version: store.version }] } })
    }
  })

  it('is answered the same where it brings a text that its process was told of before', async () => {
    const { lanes: two } = lanes()
    const other = root('Other Root')
    const many = Array.from({ length: 40 }, (_, at) => intermediate(other, `Other ${at}`).pem).join('')
    const unreadable = `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${many}${issuing.pem}`
    for (let time = 0; time < 4; time++) {
      for (const request of [
        { chain: server(issuing).pem, intermediates: unreadable, caBundle: `${anchor.pem}${many}` },
        { chain: [server(issuing).pem, issuing.pem], intermediates: `${anchor.pem}${many}`, caBundle: unreadable },
        { chain: server(issuing).pem, intermediates: `${anchor.pem}${many}`, explain: 'all' }
      ] satisfies readonly ValidationRequest[]) {
        expect(await two.validate(request, [], settings)).toEqual(validate(request, [], settings))
        const repair = repairChain(request, [], settings)
        if (repair.kind !== 'chain') throw new Error('it was refused')
        expect(await two.repairChain(request, [], settings)).toMatchObject({ repaired: repair.repaired })
      }
    }
  })

  it('is refused for its number, also where its text was read before', async () => {
    const { lanes: two } = lanes()
    const intermediates = Array.from({ length: 40 }, (_, at) => intermediate(anchor, `Other ${at}`).pem).join('')
    const ask = (maxCertificates: number) =>
      two.validate({ chain, intermediates }, [], { ...settings, maxCertificates })
    for (let time = 0; time < 3; time++) expect(await ask(42)).toMatchObject({ kind: 'verdict' })
    expect(await ask(41)).toMatchObject({ kind: 'refusal', status: 413, code: 'too-many-certificates' })
  })

  it('that takes too long is indeterminate, at a limit, and the next one is judged', async () => {
    const { lanes: two } = lanes({ deadline: 1 })
    const slow = large({ chain: [chain, ...Array.from({ length: 1_500 }, () => issuing.pem)] })
    const outcome = await two.validate(slow, [storeOf('1', anchor)], settings)
    expect(outcome).toMatchObject({
      verdict: {
        valid: false,
        outcome: 'indeterminate',
        path: [],
        errors: [{ code: 'limit-reached', certificate: null, details: { limit: 'processMilliseconds', allowed: 1 } }],
        trust: [{ name: 'internal', version: '1' }]
      }
    })
    await two.validate(slow, [], settings)
    expect(await two.validate(slow, [], settings)).toMatchObject({
      verdict: { outcome: 'indeterminate', errors: [{ details: { limit: 'processAttempts', allowed: 2 } }] }
    })
    await expect.poll(() => two.counts()).toMatchObject({ ended: { deadline: 2 }, turnedAway: { repeated: 1 } })
  })

  it('that finds too many others waiting is turned away', async () => {
    const { lanes: two } = lanes()
    const answers = await Promise.all(Array.from({ length: 9 }, () => two.validate(large(), [], settings)))
    expect(answers.at(-1)).toMatchObject({ kind: 'refusal', status: 503, code: 'overloaded' })
    expect(answers.slice(0, -1).every(({ kind }) => kind === 'verdict')).toBe(true)
  })
})

describe('a chain that is to be put right', () => {
  it.each([
    ['small', { chain }],
    ['large', large()]
  ] as const)('is answered the same where it is %s', async (_, request) => {
    const { lanes: two, here } = lanes()
    const store = storeOf('1', anchor)
    const repair = await two.repairChain(request, [store], settings)
    expect(repair).toEqual(repairChain(request, [store], settings))
    expect(repair).toMatchObject({ kind: 'chain', repaired: { chain, complete: true } })
    expect(here.length).toBe(request.chain === chain ? 1 : 0)
  })

  it('comes to nothing at the deadline', async () => {
    const { lanes: two } = lanes({ deadline: 1 })
    const slow = large({ chain: [chain, ...Array.from({ length: 1_500 }, () => issuing.pem)] })
    const details = { limit: 'processMilliseconds', allowed: 1 }
    expect(await two.repairChain(slow, [storeOf('1', anchor)], settings)).toMatchObject({
      kind: 'chain',
      certificates: [],
      repaired: { chain: '', complete: false, verdict: { outcome: 'indeterminate', errors: [{ details }] } }
    })
  })
})

describe('what is looked at by itself', () => {
  const many = leaf.pem.repeat(20)

  it.each([
    ['small', leaf.pem, 1],
    ['large', many, 0]
  ] as const)('is answered the same where it is %s', async (_, material, here) => {
    const { lanes: two } = lanes()
    const inspected = await two.inspect(material, 2_000, defaultLimits)
    const expected = inspectionAnswer(material, 2_000, defaultLimits)
    if (inspected.kind !== 'inspected' || expected.kind !== 'inspected') throw new Error('it was refused')
    expect(Buffer.from(inspected.json).toString()).toBe(expected.json)
    expect(two.counts()).toMatchObject({ here, done: 1 - here })
    for (const form of ['pem', 'der', 'pkcs7'] as const) {
      const [given, wanted] = [
        await two.convert(material, form, 2_000, defaultLimits),
        convert(material, form, 2_000, defaultLimits)
      ]
      if (given.kind !== 'octets' || wanted.kind !== 'octets') expect(given).toEqual(wanted)
      else expect(Buffer.from(given.octets).equals(wanted.octets)).toBe(true)
    }
  })

  it('is refused for its number as it would be here', async () => {
    const { lanes: two } = lanes()
    for (const [most, done] of [
      [10, 0],
      [19, 1]
    ] as const) {
      const refused = await two.inspect(many, most, defaultLimits)
      expect(refused).toEqual(inspectionAnswer(many, most, defaultLimits))
      expect(refused).toMatchObject({ status: 413, code: 'too-many-certificates' })
      expect(two.counts()).toMatchObject({ done })
    }
  })

  it('is refused at the deadline', async () => {
    const { lanes: two } = lanes({ deadline: 1 })
    const material = leaf.pem.repeat(1_900)
    const refusal = { kind: 'refusal', status: 422, code: 'limit-reached', errors: [{ pointer: '/chain' }] }
    expect(await two.inspect(material, 2_000, defaultLimits)).toMatchObject(refusal)
    expect(await two.convert(material, 'pkcs7', 2_000, defaultLimits)).toMatchObject(refusal)
  })
})

describe('what is sent for a trust store', () => {
  const proposalOf = (count: number): Proposal => ({
    certificates: Array.from({ length: count }, (_, n) => (n === 0 ? anchor.pem : issuing.pem)),
    crls: [crlOf({ issuer: anchor })].map((der) => Buffer.from(der).toString('base64')),
    constraints: { [createHash('sha256').update(anchor.der).digest('hex')]: { purposes: ['serverAuth'] } },
    partial: false,
    allowEndEntity: false
  })

  it.each([
    ['small', proposalOf(3), 1],
    ['large', proposalOf(60), 0],
    ['refused for what it holds', { ...proposalOf(60), certificates: leaf.pem.repeat(60) }, 0],
    ['refused for its number', proposalOf(2_100), 0]
  ] as const)('is read the same where it is %s', async (_, proposal, here) => {
    const { lanes: two } = lanes()
    expect(await two.accept(proposal, 2_000, 'anybody')).toEqual(accept(proposal, 2_000))
    expect(two.counts()).toMatchObject({ here, done: 1 - here })
  })

  it('is refused at the deadline, which is further for an administrator', async () => {
    const { lanes: two } = lanes({ deadline: 20 })
    const proposal = proposalOf(1_900)
    expect(await two.accept(proposal, 2_000, 'anybody')).toMatchObject({
      kind: 'refusal',
      status: 422,
      code: 'limit-reached',
      errors: [{ pointer: '/certificates' }]
    })
    const patient = lanes({ deadline: 2_000 }).lanes
    expect(await patient.accept(proposal, 2_000, 'administrator')).toMatchObject({ kind: 'accepted' })
  })
})

describe('the same work', () => {
  it('is known again by all that it is made of', () => {
    const request: ValidationRequest = { chain: ['a', 'b'], hostname: 'a', names: [{ type: 'dns', value: 'b' }] }
    expect(workOf('validation', request)).toBe(workOf('validation', { ...request }))
    const others: readonly ValidationRequest[] = [
      { ...request, chain: ['ab'] },
      { ...request, chain: new Uint8Array([97]) },
      { ...request, hostname: 'b' },
      { ...request, names: [{ type: 'dns', value: 'c' }] }
    ]
    const works = [workOf('chain', request), ...[request, ...others].map((each) => workOf('validation', each))]
    expect(new Set(works).size).toBe(6)
  })
})
