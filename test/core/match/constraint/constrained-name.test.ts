import { describe, expect, it } from 'vitest'
import { readName } from '#dist/core/decode/name/name.js'
import { constrainedNames } from '#dist/core/match/constraint/constrained-name.js'
import type { GeneralName, Name } from '#dist/core/model/name.js'
import {
  attribute,
  attributeTypes,
  directory,
  dns,
  email,
  ip,
  name,
  nameDer,
  other,
  rdn,
  smtpUtf8Mailbox,
  uri
} from '../../../support/names.ts'
import { plainCertificate } from '../../../support/plain-certificate.ts'

const empty = name()
const namesOf = (subject: Name, ...subjectAlternativeNames: readonly GeneralName[]) =>
  constrainedNames({ ...plainCertificate(), subject, subjectAlternativeNames })
const brief = (subject: Name, ...names: readonly GeneralName[]) =>
  namesOf(subject, ...names).map(({ type, text }) => `${type} ${text}`)
const incomparable = (given: GeneralName): string | undefined => {
  const [first] = namesOf(empty, given)
  return first?.comparable.type === 'incomparable' ? first.comparable.reason : undefined
}

describe('the names that constraints apply to (RFC 5280 §4.2.1.10)', () => {
  it('are the subject where it is not empty, and all alternative names', () => {
    expect(brief(name(['CN', 'www.example.com']), dns('a.example'), ip(1, 2, 3, 4))).toEqual([
      'directory CN=www.example.com',
      'dns a.example',
      'ip 1.2.3.4'
    ])
    expect(brief(empty, dns('a.example'))).toEqual(['dns a.example'])
    expect(brief(empty)).toEqual([])
  })

  it('are emailAddress attributes of the subject where there is no rfc822Name', () => {
    const subject = name(['emailAddress', 'a@b.example'])
    expect(brief(subject, dns('a.example'))).toEqual([
      'directory emailAddress=a@b.example',
      'email a@b.example',
      'dns a.example'
    ])
    expect(brief(subject, email('c@d.example'))).toEqual(['directory emailAddress=a@b.example', 'email c@d.example'])
    expect(constrainedNames({ ...plainCertificate(), subject }).map(({ type }) => type)).toEqual(['directory', 'email'])
  })

  it('are an emailAddress that is no text as well, as one that cannot be compared', () => {
    const subject = readName(nameDer(rdn(attribute(attributeTypes.emailAddress, Uint8Array.of(0xff), 0x16))))
    expect(namesOf(subject)[1]).toMatchObject({ type: 'email', text: '', comparable: { type: 'incomparable' } })
  })

  it('are an SmtpUTF8Mailbox twice: as an email address (RFC 9598 §6) and as an otherName', () => {
    const names = namesOf(empty, smtpUtf8Mailbox('é@bücher.example'))
    expect(names.map(({ type }) => type)).toEqual(['email', 'other'])
    expect(names[0]?.comparable).toEqual({ type: 'email', local: 'é', host: 'xn--bcher-kva.example' })
    expect(namesOf(empty, other('1.3.6.1.5.5.7.8.9', Uint8Array.of(5, 0)))[0]).toMatchObject({
      type: 'email',
      comparable: { type: 'incomparable' }
    })
  })
})

describe('names in the form that is compared', () => {
  it('have hosts in lower case, and local parts as they came', () => {
    expect(namesOf(empty, dns('WWW.Example.com'))[0]?.comparable).toEqual({ type: 'dns', value: 'www.example.com' })
    expect(namesOf(empty, dns('*.Example.com'))[0]?.comparable).toEqual({ type: 'dns', value: '*.example.com' })
    expect(namesOf(empty, email('Jo@Example.com'))[0]?.comparable).toEqual({
      type: 'email',
      local: 'Jo',
      host: 'example.com'
    })
    expect(namesOf(empty, uri('https://WWW.Example.com/a'))[0]?.comparable).toEqual({
      type: 'uri',
      host: 'www.example.com'
    })
  })

  it('are none where a name is not of its type', () => {
    for (const value of ['.a.example', 'a.example.', 'a..b', '*', '*.', '*.*.a', 'w*.a', 'a b'])
      expect(incomparable(dns(value)), value).toContain('not a DNS name')
    for (const value of ['a', 'a@b@c.example', 'a@', 'a@[1.2.3.4]'])
      expect(incomparable(email(value)), value).toContain('not an email address')
    for (const value of ['urn:a', 'https://1.2.3.4/', 'https://[::1]/', '/a'])
      expect(incomparable(uri(value)), value).toContain('no host')
  })

  it('are none for types without rules', () => {
    const types: readonly GeneralName[] = [
      other('1.2.3'),
      { type: 'x400', value: new Uint8Array() },
      { type: 'ediParty', value: new Uint8Array() },
      { type: 'registeredId', value: '1.2.3' }
    ]
    for (const each of types) expect(incomparable(each), each.type).toContain('no rule')
    expect(incomparable(directory(empty))).toBeUndefined()
  })
})
