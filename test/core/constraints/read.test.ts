import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ConstraintsReading } from '#dist/core/constraints/document.js'
import { parseConstraints, readConstraints } from '#dist/core/constraints/read.js'
import { unconstrained } from '#dist/core/model/anchor-constraints.js'
import { purposeOids } from '#dist/core/model/options.js'
import { dns, ip } from '../../support/names.ts'

const print = '0a'.repeat(32)
const faultsOf = (reading: ConstraintsReading): readonly (readonly [string, string])[] =>
  reading.ok ? [] : reading.faults.map(({ pointer, detail }) => [pointer, detail])
const entriesOf = (reading: ConstraintsReading): unknown => (reading.ok ? [...reading.constraints] : reading.faults)

describe('constraints on anchors as JSON', () => {
  it('are read for every anchor and for single ones', () => {
    const document = {
      '*': { purposes: ['serverAuth', '1.2.3'], rejectedPurposes: ['emailProtection'] },
      [print]: {
        distrustAfter: '2026-01-31T00:00:00Z',
        nameConstraints: {
          permitted: [{ type: 'dns', value: 'Example.TEST' }],
          excluded: [{ type: 'ip', value: '192.0.2.0/24' }]
        },
        policies: ['1.2.4']
      }
    }
    const read = [
      [
        '*',
        {
          ...unconstrained,
          purposes: [purposeOids.serverAuth, '1.2.3'],
          rejectedPurposes: [purposeOids.emailProtection]
        }
      ],
      [
        print,
        {
          ...unconstrained,
          distrustAfter: Date.parse('2026-01-31T00:00:00Z') / 1000,
          names: [{ permitted: [dns('example.test')], excluded: [ip(192, 0, 2, 0, 255, 255, 255, 0)] }],
          policies: ['1.2.4']
        }
      ]
    ]
    expect(entriesOf(readConstraints(document))).toEqual(read)
    expect(entriesOf(parseConstraints(`\ufeff${JSON.stringify(document)}`))).toEqual(read)
  })

  it('may be none', () => {
    expect(entriesOf(parseConstraints('{}'))).toEqual([])
  })

  it('may distrust an anchor for all purposes', () => {
    expect(entriesOf(readConstraints({ '*': { rejectedPurposes: ['anyExtendedKeyUsage'] } }))).toEqual([
      ['*', { ...unconstrained, rejectedPurposes: ['2.5.29.37.0'] }]
    ])
  })

  it('are refused as a whole, with each fault in its place', () => {
    const document = {
      '*': {
        distrustAfter: '2026-01-31',
        purposes: ['serverAuth', 'tls', 7],
        rejectedPurposes: 'serverAuth',
        nameConstraints: {
          permitted: [
            { type: 'dns', value: '*.example.test' },
            { type: 'host', value: 'a' },
            { type: 'ip' },
            'example.test'
          ],
          allowed: []
        },
        policies: ['1.2.3', 'any'],
        'a/b~': 1
      },
      [print.toUpperCase()]: { policies: ['1.2.3'] },
      [print]: null
    }
    const names = '/*/nameConstraints/permitted'
    expect(faultsOf(readConstraints(document))).toEqual([
      [
        '/*/a~1b~0',
        'is not a field; the fields are distrustAfter, purposes, rejectedPurposes, nameConstraints, policies'
      ],
      ['/*/purposes/1', expect.stringMatching(/^must be one of serverAuth, .* or an OID in dotted form$/)],
      ['/*/purposes/2', expect.stringMatching(/^must be one of /)],
      ['/*/rejectedPurposes', 'must be an array'],
      ['/*/distrustAfter', 'must be an RFC 3339 date and time, as 2026-11-23T19:30:00Z'],
      ['/*/nameConstraints/allowed', 'is not a field; the fields are permitted, excluded'],
      [`${names}/0/value`, expect.stringContaining('*.example.test')],
      [`${names}/1/type`, 'must be dns, ip, email, uri or directory'],
      [`${names}/2/value`, 'must be a string'],
      [`${names}/3`, 'must be an object'],
      ['/*/policies/1', 'must be an OID in dotted form'],
      [
        `/${print.toUpperCase()}`,
        'is neither * nor a fingerprint, which is the SHA-256 of a certificate in lower-case hex'
      ],
      [`/${print}`, 'must be an object']
    ])
  })

  it.each([
    ['an entry', { '*': {} }, '/*'],
    ['purposes', { '*': { purposes: [] } }, '/*/purposes'],
    ['rejected purposes', { '*': { rejectedPurposes: [] } }, '/*/rejectedPurposes'],
    ['name constraints', { '*': { nameConstraints: {} } }, '/*/nameConstraints'],
    ['a list of subtrees', { '*': { nameConstraints: { excluded: [] } } }, '/*/nameConstraints/excluded'],
    ['policies', { '*': { policies: [] } }, '/*/policies']
  ])('are refused where %s would be empty, which says nothing', (_what, document, pointer) => {
    expect(faultsOf(readConstraints(document))).toEqual([[pointer, expect.stringMatching(/^is empty; /)]])
  })

  it.each([
    [
      'purposes and rejectedPurposes',
      { purposes: ['serverAuth'], rejectedPurposes: ['clientAuth', 'serverAuth'] },
      '/*/rejectedPurposes',
      `has ${purposeOids.serverAuth}, which contradicts purposes`
    ],
    [
      'purposes and all of them rejected',
      { purposes: ['serverAuth'], rejectedPurposes: ['anyExtendedKeyUsage'] },
      '/*/rejectedPurposes',
      'has 2.5.29.37.0, which contradicts purposes'
    ],
    [
      'permitted and excluded',
      {
        nameConstraints: {
          permitted: [{ type: 'dns', value: 'a.test' }],
          excluded: [
            { type: 'uri', value: 'a.test' },
            { type: 'dns', value: 'A.test' }
          ]
        }
      },
      '/*/nameConstraints',
      'both permits and excludes a.test'
    ]
  ])('are refused where %s contradict each other', (_what, entry, pointer, detail) => {
    expect(faultsOf(readConstraints({ '*': entry }))).toEqual([[pointer, detail]])
  })

  it.each([
    ['purposes', ['anyExtendedKeyUsage']],
    ['purposes', ['2.5.29.37.0']]
  ])('are refused where %s would limit nothing', (field, value) => {
    expect(faultsOf(readConstraints({ '*': { [field]: value } }))).toEqual([
      [`/*/${field}`, 'has anyExtendedKeyUsage, which limits nothing: leave the field out']
    ])
    expect(faultsOf(readConstraints({ '*': { policies: ['2.5.29.32.0'] } }))).toEqual([
      ['/*/policies/0', 'has anyPolicy, which limits nothing: leave the field out']
    ])
  })

  it.each([[null], [[]], ['text'], [7], [undefined]])('are an object, not %j', (document) => {
    expect(faultsOf(readConstraints(document))).toEqual([['', 'must be an object']])
  })

  it('have bounds: entries, elements and faults that are listed', () => {
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`${at}`, {}]))
    expect(faultsOf(readConstraints(many))).toEqual([['', 'has 10001 entries, more than 10000']])
    const policies = Array.from({ length: 1_001 }, (_, at) => `1.2.${at}`)
    expect(faultsOf(readConstraints({ '*': { policies } }))).toEqual([
      ['/*/policies', 'has 1001 elements, more than 1000']
    ])
    expect(entriesOf(readConstraints({ '*': { policies: policies.slice(1) } }))).toHaveLength(1)
    const faults = faultsOf(readConstraints({ '*': { policies: Array.from({ length: 250 }, () => 'x') } }))
    expect(faults).toHaveLength(101)
    expect(faults.at(-1)).toEqual(['', 'has 150 more faults, which are not listed'])
  })

  it('show nothing in a fault that could change the text around it', () => {
    const faults = faultsOf(readConstraints({ '\u202e\u0007': { '\u0000': '\u001b[31m' } }))
    expect(JSON.stringify(faults)).not.toMatch(/\\u00|\u202e/)
    expect(faults.map(([pointer]) => pointer)).toEqual(['/\\u{202e}\\u{7}', '/\\u{202e}\\u{7}/\\u{0}'])
  })
})

describe('constraints on anchors as a text', () => {
  it.each([
    ['no JSON', '{', 'is not JSON'],
    ['an empty file', '', 'is not JSON'],
    ['undefined', 'undefined', 'is not JSON'],
    ['too long', ' '.repeat(4 * 2 ** 20 + 1), 'has more than 4194304 characters'],
    ['no object', '[]', 'must be an object']
  ])('are refused where it is %s', (_what, text, detail) => {
    expect(faultsOf(parseConstraints(text))).toEqual([['', detail]])
  })

  it('are refused where a name stands twice in one object, however it is written', () => {
    const entry = '{"policies":["1.2.3"]}'
    expect(faultsOf(parseConstraints(`{"*":${entry},"${print}":${entry},"\\u002a" :${entry}}`))).toEqual([
      ['/*', 'stands twice in one object']
    ])
    expect(faultsOf(parseConstraints('{"*":{"policies":["1.2.3"],"policies":["1.2.4"]}}'))).toEqual([
      ['/policies', 'stands twice in one object']
    ])
    const subtree = '{"type":"dns","value":"a.test"}'
    const text = `{"*":{"nameConstraints":{"permitted":[${subtree},${subtree}]}},"${print}":${entry}}`
    expect(faultsOf(parseConstraints(text))).toEqual([])
  })

  it('give a value or faults, and never an exception, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((json) => `{"*":${json}}`)
        ),
        (text) => {
          const read = parseConstraints(text)
          expect(read.ok || read.faults.length > 0).toBe(true)
        }
      ),
      { numRuns: 1000 }
    )
  })

  it('are searched for repeated names in time that grows with the text', () => {
    const escapes = `{"${'\\\\'.repeat(500_000)}":{"policies":["1.2.3"]}}`
    const started = performance.now()
    expect(faultsOf(parseConstraints(escapes))).toHaveLength(1)
    expect(faultsOf(parseConstraints(`${'['.repeat(1_000_000)}`))).toEqual([['', 'is not JSON']])
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
