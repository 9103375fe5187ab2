import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Verdict } from '#dist/core/model/verdict.js'
import { curlText } from '#dist/page/curl.js'
import { labelOf, pemText } from '#dist/page/pem.js'
import { withoutPrivateKeys } from '#dist/page/private-keys.js'
import { changed } from '#dist/page/result/changed.js'
import { graphOf } from '#dist/page/result/graph.js'
import { timeScale } from '#dist/page/result/time-scale.js'
import { moment, shortName } from '#dist/page/wording.js'
import { leaf, leafKey, today } from '../support/page-chains.ts'

type Entry = Verdict['path'][number]

const entry = (fingerprint: string, role: Entry['role'] = 'intermediate'): Entry => ({
  fingerprint,
  subject: `CN=${fingerprint}`,
  issuer: 'CN=issuer',
  serialNumber: '01',
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-01-01T00:00:00Z',
  role,
  source: 'chain[0]'
})

const verdict = (path: readonly Entry[], more: Partial<Verdict> = {}): Verdict => ({
  valid: false,
  outcome: 'invalid',
  checkedAt: '2026-07-01T00:00:00Z',
  path,
  errors: [],
  warnings: [],
  trustAnchor: null,
  trust: [],
  checkAgainAt: null,
  checkAgainReason: null,
  ...more
})

describe('private keys in a text', () => {
  it.for([
    ['after a certificate', leaf.pem + leafKey, leaf.pem],
    ['before one', leafKey + leaf.pem, leaf.pem],
    ['between two', leaf.pem + leafKey + today.pem, leaf.pem + today.pem],
    ['without an end', `${leaf.pem}-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE`, leaf.pem],
    ['two of them', leafKey + leafKey + leaf.pem, leaf.pem],
    ['encrypted', leafKey.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE') + leaf.pem, leaf.pem],
    ['with CRLF', (leafKey + leaf.pem).replaceAll('\n', '\r\n'), leaf.pem.replaceAll('\n', '\r\n')],
    ['with a hyphen lost', leaf.pem + leafKey.replace('-----BEGIN', '----BEGIN'), leaf.pem],
    ['with a label of another form', leaf.pem + leafKey.replace('PRIVATE KEY', 'Private  Key'), leaf.pem],
    ['behind dashes that are no hyphens', leaf.pem + leafKey.replaceAll('-----', '——'), leaf.pem],
    ['without a beginning', leaf.pem + leafKey.slice(leafKey.indexOf('\n') + 1), leaf.pem],
    ['without markers', leaf.pem + leafKey.replaceAll(/-----.*-----/g, ''), `${leaf.pem}\n`],
    ['none', leaf.pem, leaf.pem],
    ['none, but a certificate whose marker lost a hyphen', leaf.pem.slice(1), leaf.pem.slice(1)],
    ['none, but words', `subject=leaf\n${leaf.pem}`, `subject=leaf\n${leaf.pem}`],
    ['no PEM', 'hello', 'hello']
  ] as const)('%s', ([, text, expected]) => {
    expect(withoutPrivateKeys(text)).toBe(expected)
  })

  it('are known in base64 without a frame too, which a certificate is not taken for', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    for (const type of ['pkcs8', 'sec1'] as const)
      expect(withoutPrivateKeys(privateKey.export({ type, format: 'der' }).toString('base64'))).toBe('')
    const certificate = Buffer.from(leaf.der).toString('base64')
    expect(withoutPrivateKeys(certificate)).toBe(certificate)
  })

  it('take no longer than the text is', () => {
    const text = '-----BEGIN PRIVATE KEY-----\n'.repeat(40_000)
    const begin = performance.now()
    expect(withoutPrivateKeys(text)).toBe('')
    expect(performance.now() - begin).toBeLessThan(2_000)
  })
})

describe('the command line of curl', () => {
  it('quotes for the shell, writes JSON of ASCII, and leaves keys out wherever they stand', () => {
    const command = curlText(new URL("http://host.test/it's/"), {
      chain: leafKey,
      names: [{ value: leafKey }],
      hostname: 'bücher.test'
    })
    expect(command).toBe(
      `curl -sS 'http://host.test/it'\\''s/validate' -H 'content-type: application/json' --data-binary @- <<'JSON'\n` +
        '{\n  "chain": "",\n  "names": [\n    {\n      "value": ""\n    }\n  ],\n  "hostname": "b\\u00fccher.test"\n}\nJSON\n'
    )
  })
})

describe('DER of a file', () => {
  it('is known by what it holds, and written as PEM', () => {
    expect(pemText(leaf.der)).toBe(leaf.pem)
    expect(labelOf(Uint8Array.of(0x30, 0x82, 1, 0, 0x06, 9))).toBe('PKCS7')
    expect(labelOf(Uint8Array.of(0x30, 5, 2, 1, 0))).toBe('PRIVATE KEY')
    expect(labelOf(new Uint8Array())).toBe('CERTIFICATE')
  })
})

describe('names and times', () => {
  it.for([
    ['CN=api.example.test', 'api.example.test'],
    ['O=Example\\, Inc.+CN=a\\,b,C=DE', 'a,b'],
    ['O=Example\\,CN=not', 'O=Example\\,CN=not'],
    ['CN=,O=Example', 'CN=,O=Example'],
    ['CN=\u202eevil', '\\u{202e}evil'],
    ['', 'A certificate without a subject'],
    [undefined, 'A certificate that is not named']
  ] as const)('%s is called %s', ([subject, name]) => {
    expect(shortName(subject)).toBe(name)
  })

  it('tells midnight as a day, and a name of 8 KiB in part', () => {
    expect(moment('2026-11-01T00:00:00Z')).toBe('2026-11-01')
    expect(moment('2026-11-01T10:00:01Z')).toBe('2026-11-01 10:00:01 UTC')
    expect(shortName(`CN=${'a'.repeat(8_192)}`)).toHaveLength(201)
  })
})

describe('the graph', () => {
  const [leafEntry, ca, root, other, old] = [
    entry('leaf', 'end-entity'),
    entry('ca'),
    entry('root', 'trust-anchor'),
    entry('other'),
    entry('old', 'trust-anchor')
  ]

  it('has what paths share once, and what they do not in a column of its own', () => {
    const attempts = [
      [leafEntry, ca, root],
      [leafEntry, other, root],
      [leafEntry, ca, old]
    ]
    const graph = graphOf(
      verdict([leafEntry, ca, root], { attempts: attempts.map((path) => ({ path, outcome: 'invalid', errors: [] })) })
    )
    expect(graph.nodes.map(({ entry: { fingerprint }, row, column }) => [fingerprint, row, column])).toEqual([
      ['leaf', 0, 0],
      ['ca', 1, 0],
      ['root', 2, 0],
      ['other', 1, 1],
      ['old', 2, 1]
    ])
    expect(graph.edges.map(({ from, to, main }) => [from, to, main])).toEqual([
      ['0 leaf', '1 ca', true],
      ['1 ca', '2 root', true],
      ['0 leaf', '1 other', false],
      ['1 other', '2 root', false],
      ['1 ca', '2 old', false]
    ])
    expect(graph.leftOut).toBe(0)
  })

  it('draws two columns of candidates, and counts the others', () => {
    const attempts = Array.from({ length: 1_000 }, (_, index) => ({
      path: [leafEntry, entry(`ca ${index}`)],
      outcome: 'invalid' as const,
      errors: []
    }))
    const graph = graphOf(verdict([leafEntry, ca], { attempts }))
    expect(graph.nodes).toHaveLength(4)
    expect(graph.leftOut).toBe(998)
  })
})

describe('the scale of the timeline', () => {
  it('shows the time of the end entity and what was asked, and says what goes on beyond', () => {
    const scale = timeScale(verdict([entry('leaf', 'end-entity')], { checkedAt: '2027-01-01T00:00:00Z' }))
    expect(scale?.place('2026-01-01T00:00:00Z')).toBeCloseTo(0.08 / 1.16)
    expect(scale?.stretch('2010-01-01T00:00:00Z', null)).toEqual({ begin: 0, end: 1, before: true, after: true })
    expect(scale?.stretch('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toMatchObject({
      before: false,
      after: false
    })
  })

  it('is none where no time can be read', () => {
    const leafEntry = { ...entry('leaf'), notBefore: null, notAfter: null }
    expect(timeScale(verdict([leafEntry]))).toBeUndefined()
  })
})

describe('a request that is changed', () => {
  it('has members replaced, left out where they are null, and PEM put at the end', () => {
    const change = { changes: [], set: { hostname: 'b', purpose: null }, add: { caBundle: 'B', intermediates: 'I' } }
    expect(changed({ hostname: 'a', purpose: 'serverAuth', caBundle: 'A\n\n', time: 't' }, change)).toEqual({
      hostname: 'b',
      caBundle: 'A\nB',
      intermediates: 'I',
      time: 't'
    })
  })
})
