import { describe, expect, it } from 'vitest'
import { webpkiNames } from '#dist/core/checks/webpki-names.js'
import { readName } from '#dist/core/decode/name/name.js'
import type { GeneralName, Name } from '#dist/core/model/name.js'
import { findingsOf } from '../../support/findings.ts'
import { attribute, attributeTypes, dns, ip, name, nameDer, rdn, uri } from '../../support/names.ts'
import { anchoredPath, plainCa, plainCertificate, plainContext } from '../../support/plain-certificate.ts'

const run = (subject: Name, names: readonly GeneralName[] | undefined) =>
  findingsOf(
    webpkiNames,
    anchoredPath({ ...plainCertificate(), subject, subjectAlternativeNames: names }, plainCa()),
    plainContext({ profile: 'webpki' })
  )
const refused = (commonName: string, presented: readonly string[]) => [
  {
    code: 'common-name-not-in-san',
    certificate: 0,
    severity: 'error',
    details: { commonName, presented, presentedCount: presented.length }
  }
]
const www = dns('www.example.com')

describe('which attributes are common names (BR 7.1.4.3)', () => {
  it('are those of that type, wherever in the subject they stand', () => {
    expect(run(name(['O', 'Example'], ['C', 'NZ'], ['CN', 'www.example.com']), [www])).toEqual([])
    expect(run(name(['CN', 'a.example.com'], ['O', 'Example']), [www])).toEqual(
      refused('a.example.com', ['www.example.com'])
    )
    const together = readName(
      nameDer(rdn(attribute(attributeTypes.O, 'Example'), attribute(attributeTypes.CN, 'a.example.com')))
    )
    expect(run(together, [www])).toEqual(refused('a.example.com', ['www.example.com']))
  })

  it('are no others, however much they look like names', () => {
    expect(run(name(['O', 'a.example.com'], ['OU', 'b.example.com']), [www])).toEqual([])
  })

  it('are told of once, the first that is no copy', () => {
    const several = name(['CN', 'www.example.com'], ['CN', 'a.example.com'], ['CN', 'b.example.com'])
    expect(run(several, [www])).toEqual(refused('a.example.com', ['www.example.com']))
  })
})

describe('what a common name is a copy of (BR 7.1.4.3)', () => {
  it('is a name of its kind: host, wildcard or address', () => {
    const all = [www, dns('*.example.com'), ip(192, 0, 2, 1), uri('https://a.example.com')]
    expect(run(name(['CN', 'a.example.com']), all)).toEqual(refused('a.example.com', ['www.example.com']))
    expect(run(name(['CN', '*.example.org']), all)).toEqual(refused('*.example.org', ['*.example.com']))
    expect(run(name(['CN', '192.0.2.2']), all)).toEqual(refused('192.0.2.2', ['192.0.2.1']))
    expect(run(name(['CN', 'https://a.example.com']), [uri('https://a.example.com')])).toEqual([])
  })

  it('is a host though it has 0x somewhere, and an address where it begins with it', () => {
    expect(run(name(['CN', 'a0x.example.com']), [www])).toEqual(refused('a0x.example.com', ['www.example.com']))
    expect(run(name(['CN', '0Xa.example.com']), [www])).toEqual([])
    expect(run(name(['CN', '0xa.example.com']), [ip(10, 0, 0, 0)])).toEqual(refused('0xa.example.com', ['10.0.0.0']))
  })

  it('is an empty host where its text cannot be read', () => {
    const unreadable = readName(nameDer(rdn(attribute(attributeTypes.CN, Uint8Array.of(0xff), 0x0c))))
    expect(run(unreadable, [www])).toEqual(refused('', ['www.example.com']))
  })

  it('is nothing in a certificate without alternative names, which another check reports', () => {
    expect(run(name(['CN', 'www.example.com']), undefined)).toEqual([])
    expect(run(name(['CN', 'www.example.com']), [])).toEqual([])
  })
})
