import { describe, expect, it } from 'vitest'
import { nameConstraints } from '#dist/core/checks/name-constraints.js'
import { unconstrained } from '#dist/core/model/anchor-constraints.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import { nameConstraintCodes } from '#dist/core/model/codes/name-constraints.js'
import { LimitReached } from '#dist/core/model/limits.js'
import type { GeneralName, Name, Subtrees } from '#dist/core/model/name.js'
import type { CandidatePath, CheckContext } from '#dist/core/model/path.js'
import { findingsOf } from '../../support/findings.ts'
import { directory, dns, email, ip, name, other, smtpUtf8Mailbox, uri } from '../../support/names.ts'
import {
  anchoredPath,
  bareAnchor,
  openPath,
  plainCa,
  plainCertificate,
  plainContext
} from '../../support/plain-certificate.ts'

const leaf = (...subjectAlternativeNames: readonly GeneralName[]): Certificate => ({
  ...plainCertificate(),
  subject: name(),
  subjectAlternativeNames
})
const ca = (nameConstraints?: Partial<Subtrees>, fields: Partial<Certificate> = {}): Certificate => ({
  ...plainCa(),
  subject: name(),
  ...(nameConstraints === undefined ? {} : { nameConstraints: { permitted: [], excluded: [], ...nameConstraints } }),
  ...fields
})
const root = ca()
const run = (path: CandidatePath, context: CheckContext = plainContext()) => findingsOf(nameConstraints, path, context)
const codes = (path: CandidatePath, context?: CheckContext) =>
  run(path, context).map(({ code, certificate }) => `${code}@${certificate}`)

describe('permitted subtrees (RFC 5280 §6.1.3 (b))', () => {
  it('leave names within them alone, and names of other types', () => {
    const constrained = ca({ permitted: [dns('example.com'), dns('example.org')] })
    expect(
      run(
        anchoredPath(
          leaf(dns('www.example.com'), dns('example.org'), email('a@b.example'), ip(1, 2, 3, 4)),
          constrained,
          root
        )
      )
    ).toEqual([])
  })

  it('refuse names outside them, and say where they come from', () => {
    const constrained = ca({ permitted: [dns('example.com')] })
    expect(run(anchoredPath(leaf(dns('www.example.org')), constrained, root))).toEqual([
      {
        code: 'name-not-permitted',
        severity: 'error',
        certificate: 0,
        details: { nameType: 'dns', name: 'www.example.org', permitted: ['example.com'], constraintFrom: 1 }
      }
    ])
  })

  it('of several CAs all have to hold a name: a CA below cannot widen them (§6.1.4 (g))', () => {
    const wide = ca({ permitted: [dns('foo.example.com'), dns('bar.example.com')] })
    const narrow = ca({ permitted: [dns('bar.example.com')] })
    expect(codes(anchoredPath(leaf(dns('foo.example.com')), wide, narrow, root))).toEqual(['name-not-permitted@0'])
    expect(codes(anchoredPath(leaf(dns('foo.example.com')), narrow, wide, root))).toEqual(['name-not-permitted@0'])
    expect(codes(anchoredPath(leaf(dns('bar.example.com')), narrow, wide, root))).toEqual([])
  })

  it('refuse a wildcard that reaches beyond them', () => {
    const constrained = ca({ permitted: [dns('accept.example.com')] })
    expect(codes(anchoredPath(leaf(dns('*.example.com')), constrained))).toEqual(['name-not-permitted@0'])
    expect(codes(anchoredPath(leaf(dns('*.accept.example.com')), constrained))).toEqual([])
  })

  it('are listed up to the eighth', () => {
    const constrained = ca({ permitted: Array.from({ length: 9 }, (_, at) => dns(`x${at}.example`)) })
    expect(run(anchoredPath(leaf(dns('a.example')), constrained))[0]?.details).toMatchObject({
      permitted: [...Array.from({ length: 8 }, (_, at) => `x${at}.example`), '…']
    })
  })
})

describe('excluded subtrees (RFC 5280 §6.1.3 (c))', () => {
  it('refuse names within them', () => {
    const constrained = ca({ excluded: [ip(10, 0, 0, 0, 255, 0, 0, 0)] })
    expect(run(anchoredPath(leaf(ip(10, 1, 2, 3), ip(11, 1, 2, 3)), root, constrained))).toEqual([
      {
        code: 'name-excluded',
        severity: 'error',
        certificate: 0,
        details: { nameType: 'ip', name: '10.1.2.3', constraint: '10.0.0.0/8', constraintFrom: 2 }
      }
    ])
  })

  it('prevail over permitted ones', () => {
    const both = ca({ permitted: [dns('example.com')], excluded: [dns('example.com')] })
    expect(codes(anchoredPath(leaf(dns('example.com')), both))).toEqual(['name-excluded@0'])
  })

  it('refuse a wildcard that stands for a name within them', () => {
    const constrained = ca({ excluded: [dns('bar.example.com')] })
    expect(codes(anchoredPath(leaf(dns('*.example.com')), constrained))).toEqual(['name-excluded@0'])
    expect(codes(anchoredPath(leaf(dns('*.foo.example.com')), constrained))).toEqual([])
  })

  it('hold an empty DNS name, the root, only where they hold all', () => {
    expect(codes(anchoredPath(leaf(dns('')), ca({ excluded: [dns('example.com')] })))).toEqual([])
    expect(codes(anchoredPath(leaf(dns('')), ca({ excluded: [dns('')] })))).toEqual(['name-excluded@0'])
    expect(codes(anchoredPath(leaf(dns('')), ca({ permitted: [dns('')] })))).toEqual([])
    expect(codes(anchoredPath(leaf(dns('')), ca({ permitted: [dns('com')] })))).toEqual(['name-not-permitted@0'])
  })

  it('of several CAs are all in force', () => {
    const path = anchoredPath(
      leaf(dns('a.example'), dns('b.example')),
      ca({ excluded: [dns('a.example')] }),
      ca({ excluded: [dns('b.example')] })
    )
    expect(codes(path)).toEqual(['name-excluded@0', 'name-excluded@0'])
  })
})

describe('the names that are judged', () => {
  const constrained = ca({ permitted: [directory(name(['O', 'Example']))] })

  it('are those of the subject as a directory name, where it is not empty', () => {
    const named = (subject: Name): Certificate => ({ ...plainCertificate(), subject })
    expect(codes(anchoredPath(named(name(['O', 'example'], ['CN', 'x'])), constrained))).toEqual([])
    expect(codes(anchoredPath(named(name(['CN', 'x'])), constrained))).toEqual(['name-not-permitted@0'])
    expect(codes(anchoredPath(named(name()), constrained))).toEqual([])
  })

  it('are directory names among the alternative names as well', () => {
    expect(codes(anchoredPath(leaf(directory(name(['CN', 'x']))), constrained))).toEqual(['name-not-permitted@0'])
  })

  it('are emailAddress attributes of the subject without an rfc822Name, and never a common name', () => {
    const subject = name(['CN', 'www.example.org'], ['emailAddress', 'a@evil.example'])
    const emails = ca({ permitted: [email('example.com'), dns('example.com')] })
    expect(codes(anchoredPath({ ...plainCertificate(), subject }, emails))).toEqual(['name-not-permitted@0'])
    const alternative = { ...plainCertificate(), subject, subjectAlternativeNames: [email('a@example.com')] }
    expect(codes(anchoredPath(alternative, emails))).toEqual([])
  })

  it('are SmtpUTF8Mailboxes, by constraints on email (RFC 9598 §6)', () => {
    const emails = ca({ permitted: [email('example.com')] })
    expect(codes(anchoredPath(leaf(smtpUtf8Mailbox('é@example.com')), emails))).toEqual([])
    expect(codes(anchoredPath(leaf(smtpUtf8Mailbox('é@evil.example')), emails))).toEqual(['name-not-permitted@0'])
  })

  it('are those of intermediates too, but for self-issued ones', () => {
    const top = ca({ permitted: [dns('example.com')] })
    const odd = { subjectAlternativeNames: [dns('evil.test')] }
    expect(codes(anchoredPath(leaf(dns('example.com')), ca(undefined, odd), top))).toEqual(['name-not-permitted@1'])
    expect(codes(anchoredPath(leaf(dns('example.com')), ca(undefined, { ...odd, selfIssued: true }), top))).toEqual([])
  })

  it('are those of a self-issued end entity', () => {
    const top = ca({ permitted: [dns('example.com')] })
    expect(codes(anchoredPath({ ...leaf(dns('evil.test')), selfIssued: true }, top))).toEqual(['name-not-permitted@0'])
  })

  it('are not those of the trust anchor, unless it is the target', () => {
    const context = plainContext({ nameConstraints: { permitted: [dns('example.com')], excluded: [] } })
    const anchor = ca(undefined, { subjectAlternativeNames: [dns('evil.test')] })
    expect(codes(anchoredPath(leaf(), anchor), context)).toEqual([])
    expect(codes(anchoredPath(anchor), context)).toEqual(['name-not-permitted@0'])
    expect(codes(openPath(leaf(), anchor), context)).toEqual(['name-not-permitted@1'])
  })
})

describe('whose constraints are in force', () => {
  it('those of the request (§6.1.1 (h), (i))', () => {
    const context = plainContext({
      nameConstraints: { permitted: [dns('example.com')], excluded: [email('example.com')] }
    })
    expect(
      run(anchoredPath(leaf(dns('a.test'), email('a@example.com')), root), context).map(({ details }) => details)
    ).toEqual([
      { nameType: 'dns', name: 'a.test', permitted: ['example.com'], constraintFrom: null },
      { nameType: 'email', name: 'a@example.com', constraint: 'example.com', constraintFrom: null }
    ])
  })

  it('those of the trust anchor, where its own contents count (RFC 5937)', () => {
    const path = anchoredPath(leaf(dns('a.test')), ca({ permitted: [dns('example.com')] }))
    expect(codes(path)).toEqual(['name-not-permitted@0'])
    expect(codes(path, plainContext({ anchorRules: bareAnchor }))).toEqual([])
  })

  it('those of the trust store for its anchor, all of them, whatever the request says of anchors (§6.2)', () => {
    const names = [
      { permitted: [dns('example.com')], excluded: [] },
      { permitted: [dns('www.example.com'), dns('example.org')], excluded: [email('example.com')] }
    ]
    const path = (leaf: Certificate): CandidatePath => ({
      ...anchoredPath(leaf, { ...ca(), subject: name(['CN', 'Root']) }),
      anchorConstraints: { ...unconstrained, names }
    })
    const from = { constraintFrom: 'trust-store', anchor: 'CN=Root' }
    const context = plainContext({ anchorRules: bareAnchor })
    expect(run(path(leaf(dns('www.example.com'))), context)).toEqual([])
    expect(run(path(leaf(dns('example.org'), email('a@example.com'))), context).map(({ details }) => details)).toEqual([
      { nameType: 'dns', name: 'example.org', permitted: ['example.com'], ...from },
      { nameType: 'email', name: 'a@example.com', constraint: 'example.com', ...from }
    ])
    expect(codes(path(leaf(dns('mail.example.com'))), context)).toEqual(['name-not-permitted@0'])
  })

  it('those of the trust store where the target itself is the anchor', () => {
    const names = [{ permitted: [dns('example.com')], excluded: [] }]
    const path = { ...anchoredPath(leaf(dns('a.test'))), anchorConstraints: { ...unconstrained, names } }
    expect(codes(path)).toEqual(['name-not-permitted@0'])
  })

  it('those of self-issued CAs as well, but not those of the end entity', () => {
    const selfIssued = ca({ permitted: [dns('example.com')] }, { selfIssued: true })
    expect(codes(anchoredPath(leaf(dns('a.test')), selfIssued, root))).toEqual(['name-not-permitted@0'])
    const own = { ...leaf(dns('a.test')), nameConstraints: { permitted: [dns('example.com')], excluded: [] } }
    expect(codes(anchoredPath(own, root))).toEqual([])
  })
})

describe('names that cannot be compared', () => {
  it('are refused where a constraint on their type is in force, and only there', () => {
    const constrained = ca({ excluded: [other('1.2.3')] })
    expect(run(anchoredPath(leaf(other('1.2.3')), constrained))).toMatchObject([
      {
        code: 'name-constraint-unsupported',
        certificate: 0,
        details: { nameType: 'other', name: 'otherName 1.2.3', constraintFrom: 1 }
      }
    ])
    expect(codes(anchoredPath(leaf(dns('a.test')), constrained))).toEqual([])
    expect(codes(anchoredPath(leaf(other('1.2.3')), root))).toEqual([])
  })

  it('are URIs without a host name, names with empty labels, and mailboxes without a host', () => {
    const constrained = ca({ excluded: [uri('example.com'), dns('example.com'), email('example.com')] })
    const names = [uri('urn:a'), dns('.example.org'), email('a@b@example.org')]
    expect(codes(anchoredPath(leaf(...names), constrained))).toEqual(new Array(3).fill('name-constraint-unsupported@0'))
  })
})

describe('a leading dot in a DNS constraint', () => {
  const path = anchoredPath(leaf(dns('a.example.com')), ca({ permitted: [dns('.example.com')] }))

  it('is a warning, and an error under strict rules', () => {
    expect(run(path)).toMatchObject([{ code: 'name-constraint-malformed', severity: 'warning', certificate: 1 }])
    expect(run(path, plainContext({ certificateRules: 'strict' }))).toMatchObject([
      { code: 'name-constraint-malformed', severity: 'error', certificate: 1 }
    ])
  })
})

describe('how much is told and spent', () => {
  it('tells of a name once, by the CA nearest to the anchor', () => {
    const found = run(
      anchoredPath(leaf(dns('a.test')), ca({ permitted: [dns('b.test')] }), ca({ permitted: [dns('c.test')] }))
    )
    expect(found.map(({ details }) => details)).toMatchObject([{ constraintFrom: 2 }])
  })

  it('tells of 16 names of a certificate and counts the others', () => {
    const found = run(
      anchoredPath(
        leaf(...Array.from({ length: 20 }, (_, at) => dns(`x${at}.test`))),
        ca({ permitted: [dns('example.com')] })
      )
    )
    expect(found).toHaveLength(16)
    expect(found[14]?.details).not.toHaveProperty('omitted')
    expect(found[15]?.details).toMatchObject({ name: 'x15.test', omitted: 4 })
  })

  it('spends names times constraints of a type before the work', () => {
    const names = [dns('a.example'), dns('b.example'), email('a@a.example')]
    const path = anchoredPath(
      leaf(...names),
      ca({
        permitted: [dns('example'), email('a.example')],
        excluded: [dns('c.example'), ip(0, 0, 0, 0, 255, 255, 255, 255)]
      })
    )
    expect(run(path, plainContext({}, { nameConstraintComparisons: 5 }))).toEqual([])
    expect(() => run(path, plainContext({}, { nameConstraintComparisons: 4 }))).toThrow(LimitReached)
  })

  it('has messages with the values in them', () => {
    const about = { nameType: 'dns', name: 'a.test', constraintFrom: 1 }
    expect(nameConstraintCodes['name-not-permitted'].message({ ...about, permitted: ['b.test'], omitted: 3 })).toBe(
      'The DNS name a.test lies outside the names that certificate 1 of the path permits (b.test). So are 3 further names not allowed.'
    )
    expect(nameConstraintCodes['name-excluded'].message({ ...about, constraintFrom: null, constraint: 'test' })).toBe(
      'The DNS name a.test lies within the names that the request excludes (test).'
    )
    const store = { ...about, constraintFrom: 'trust-store', anchor: 'CN=Root' } as const
    expect(nameConstraintCodes['name-excluded'].message({ ...store, constraint: 'test' })).toBe(
      'The DNS name a.test lies within the names that the trust store (for CN=Root) excludes (test).'
    )
    expect(
      nameConstraintCodes['name-constraint-unsupported'].message({ ...about, nameType: 'x400', reason: 'no rule' })
    ).toContain('X.400 address a.test')
    expect(nameConstraintCodes['name-constraint-malformed'].message({ reason: 'it is empty' })).toBe(
      'The name constraints cannot be read: it is empty.'
    )
  })
})
