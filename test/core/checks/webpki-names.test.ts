import { describe, expect, it } from 'vitest'
import { webpkiNames } from '#dist/core/checks/webpki-names.js'
import { identityCodes } from '#dist/core/model/codes/identity.js'
import type { GeneralName, Name } from '#dist/core/model/name.js'
import { findingsOf } from '../../support/findings.ts'
import { dns, email, ip, name } from '../../support/names.ts'
import { anchoredPath, plainCa, plainCertificate, plainContext } from '../../support/plain-certificate.ts'

const run = (subject: Name, names: readonly GeneralName[], profile: 'webpki' | 'rfc5280' = 'webpki') =>
  findingsOf(
    webpkiNames,
    anchoredPath({ ...plainCertificate(), subject, subjectAlternativeNames: names }, plainCa()),
    plainContext({ profile })
  )
const none = name()
const cn = (text: string): Name => name(['CN', text])
const ipv6 = ip(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)

describe('wildcards on public suffixes (BR 3.2.2.6)', () => {
  it('are refused, of the private section too', () => {
    for (const wildcard of ['*.com', '*.co.uk', '*.github.io', '*.GITHUB.io', '*', '*.test']) {
      expect(run(none, [dns('a.example.com'), dns(wildcard)]), wildcard).toMatchObject([
        {
          code: 'wildcard-not-allowed',
          certificate: 0,
          reference: 'CA/Browser Forum BR 3.2.2.6',
          details: { name: wildcard }
        }
      ])
    }
  })

  it('are allowed below them, and under rfc5280', () => {
    expect(run(none, [dns('*.example.com'), dns('*.user.github.io'), dns('com')])).toEqual([])
    expect(run(none, [dns('*.com')], 'rfc5280')).toEqual([])
  })
})

describe('the common name (BR 7.1.4.3)', () => {
  it('may be a copy of an alternative name, or missing', () => {
    expect(run(cn('www.example.com'), [dns('a.example.com'), dns('www.example.com')])).toEqual([])
    expect(run(cn('*.example.com'), [dns('*.example.com')])).toEqual([])
    expect(run(cn('192.0.2.1'), [ip(192, 0, 2, 1)])).toEqual([])
    expect(run(cn('2001:db8::1'), [ipv6])).toEqual([])
    expect(run(none, [dns('www.example.com')])).toEqual([])
  })

  it('is refused where it is another name of the same kind, in whatever small way', () => {
    for (const [text, alternative, presented] of [
      ['WWW.example.com', dns('www.example.com'), 'www.example.com'],
      ['bücher.example', dns('xn--bcher-kva.example'), 'xn--bcher-kva.example'],
      ['Example Company', dns('www.example.com'), 'www.example.com'],
      ['*.example.org', dns('*.example.com'), '*.example.com'],
      ['192.0.2.001', ip(192, 0, 2, 1), '192.0.2.1'],
      ['0xC0000201', ip(192, 0, 2, 1), '192.0.2.1'],
      ['3221225985', ip(192, 0, 2, 1), '192.0.2.1'],
      ['2001:DB8::1', ipv6, '2001:db8::1'],
      ['2001:db8:0:0:0:0:0:1', ipv6, '2001:db8::1']
    ] as const) {
      expect(run(cn(text), [alternative]), text).toMatchObject([
        {
          code: 'common-name-not-in-san',
          certificate: 0,
          details: { commonName: text, presented: [presented], presentedCount: 1 }
        }
      ])
    }
  })

  it('is ignored where the certificate has no alternative name of its kind', () => {
    expect(run(cn('www.example.com'), [dns('*.example.com')])).toEqual([])
    expect(run(cn('www.example.com'), [ip(192, 0, 2, 1)])).toEqual([])
    expect(run(cn('192.0.2.9'), [dns('www.example.com')])).toEqual([])
    expect(run(cn('*.example.org'), [dns('www.example.com'), email('a@b.example')])).toEqual([])
    expect(run(cn('www.example.org'), [])).toEqual([])
  })

  it('is judged under webpki alone', () => {
    expect(run(cn('a.example.com'), [dns('b.example.com')], 'rfc5280')).toEqual([])
  })

  it('is told in a message with the values in it', () => {
    const message = identityCodes['common-name-not-in-san'].message({
      commonName: 'A',
      presented: ['a', 'b'],
      presentedCount: 2
    })
    expect(message).toBe(
      'The common name A is not a character-for-character copy of a subject alternative name of its kind (a, b).'
    )
  })
})
