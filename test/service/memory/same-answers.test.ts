import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { defaultLimits } from '#dist/core/model/limits.js'
import type { ValidationRequest } from '#dist/core/model/request.js'
import { validate } from '#dist/core/validate.js'
import { Knowledge } from '#dist/service/lanes/knowledge.js'
import { WorkerMemory } from '#dist/service/lanes/worker-memory.js'
import { Memory } from '#dist/service/memory/memory.js'
import { type Corpus, casesOf } from '../../conformance/corpus.ts'
import { describeWith, sharedFolder } from '../../support/engines.ts'
import { shuffled } from '../../support/shuffle.ts'

type Request = ValidationRequest<string | readonly string[]>

const settings = { now: 1_795_462_200, securityLevel: 2, limits: defaultLimits, maxCertificates: 2_000 } as const

/** Ways to ask about the same certificates, which read them in different orders. */
const variants: readonly Partial<Request>[] = [
  {},
  { explain: 'all', certificateRules: 'strict' },
  { profile: 'webpki', purpose: 'serverAuth', names: [{ type: 'email', value: 'jo@example.test' }], namesMatch: 'any' },
  { explain: 'none', nameConstraints: { permitted: [{ type: 'dns', value: 'example.test' }] }, securityLevel: 0 }
]

const hostileRequests = (): readonly Request[] => {
  const file = `${sharedFolder}/hostile/cases.jsonl`
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && line.length < 65_536)
    .map((line): { readonly request?: Request } => JSON.parse(line))
    .flatMap(({ request }) => (typeof request?.chain === 'string' || Array.isArray(request?.chain) ? [request] : []))
}

const textOf = (field: string | readonly string[]): string =>
  typeof field === 'string'
    ? field
    : field
        .map((each) =>
          each.includes('-----') ? each : `-----BEGIN CERTIFICATE-----\n${each}\n-----END CERTIFICATE-----\n`
        )
        .join('\n')

/** The same with its certificates as one text a field: only texts are remembered. */
const inTexts = ({ chain, intermediates, caBundle, ...request }: Request): Request => ({
  ...request,
  chain: textOf(chain),
  ...(intermediates === undefined ? {} : { intermediates: textOf(intermediates) }),
  ...(caBundle === undefined ? {} : { caBundle: textOf(caBundle) })
})

const answer = (request: Request, memory: Memory | undefined): string => {
  try {
    return JSON.stringify(validate(request, [], { ...settings, memory }))
  } catch (error) {
    return String(error)
  }
}

describeWith('shared', 'answers with and without a memory', () => {
  const corpora: readonly Corpus[] = ['pkits', 'limbo', 'bettertls']
  const requests = [...corpora.flatMap((corpus) => casesOf(corpus).map(({ request }) => request)), ...hostileRequests()]
  const asked = shuffled(requests, 1)
    .slice(0, 200)
    .flatMap((request, at) =>
      variants.map((variant) => ({ ...(at % 2 === 0 ? request : inTexts(request)), ...variant }))
    )
  const expected = new Map(asked.map((request) => [request, answer(request, undefined)]))

  it.each([
    ['with room for all', 1_000_000_000, 2],
    ['with room for few', 1_000_000, 3]
  ])(
    'are the same, byte for byte, in any order: %s',
    (_room, bytes, seed) => {
      const memory = new Memory(bytes)
      for (const round of [0, 1]) {
        for (const request of shuffled(asked, seed + 10 * round + 1)) {
          const got = answer(request, memory)
          if (got !== expected.get(request)) expect(JSON.parse(got)).toEqual(JSON.parse(expected.get(request) ?? '""'))
          expect(got === expected.get(request)).toBe(true)
        }
      }
      const { certificates, issuers, signatures } = memory.counts
      expect(certificates.bytes).toBeLessThanOrEqual(bytes)
      expect(certificates.hits).toBeGreaterThan(200)
      expect(issuers.hits).toBeGreaterThan(20)
      expect(signatures.hits).toBeGreaterThan(200)
    },
    300_000
  )

  it('are the same, byte for byte, where whole texts were read before', () => {
    const knowledge = new Knowledge()
    const memory = new WorkerMemory(1_000_000, knowledge)
    const requests = asked.filter((_, at) => at % 2 === 0).map(inTexts)
    const texts = new Set(
      requests.flatMap(({ intermediates, caBundle }) => [intermediates ?? '', caBundle ?? '']).flat()
    )
    for (const [id, text] of [...texts].entries()) knowledge.take({ kind: 'text', id, text })
    const plain = new Map(requests.map((request) => [request, answer(request, undefined)]))
    for (const round of [0, 1]) {
      for (const request of shuffled(requests, 4 + round)) expect(answer(request, memory)).toBe(plain.get(request))
    }
    const read = [...texts].filter((text) => (knowledge.fieldsOf(text)?.size ?? 0) > 0)
    expect(read.length).toBeGreaterThan(100)
  }, 300_000)
})
