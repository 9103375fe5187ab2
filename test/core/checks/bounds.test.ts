import { describe, expect, it } from 'vitest'
import { identity } from '#dist/core/checks/identity.js'
import { nameConstraints } from '#dist/core/checks/name-constraints.js'
import { webpkiNames } from '#dist/core/checks/webpki-names.js'
import { parseHostname } from '#dist/core/match/name/reference-identity.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import type { GeneralName } from '#dist/core/model/name.js'
import type { ReferenceIdentity } from '#dist/core/model/options.js'
import { findingsOf } from '../../support/findings.ts'
import { dns, name } from '../../support/names.ts'
import { anchoredPath, plainCa, plainCertificate, plainContext } from '../../support/plain-certificate.ts'

/** What a finding lists, and how many findings a certificate has, does not grow with what is in it. */

const having = (names: readonly GeneralName[], subject = name()): Certificate => ({
  ...plainCertificate({ subjectAlternativeNames: names }),
  subject
})
const manyOf = (count: number, make: (at: number) => string): readonly GeneralName[] =>
  Array.from({ length: count }, (_, at) => dns(make(at)))
const webpki = plainContext({ profile: 'webpki' })

describe('the bounds of findings about names', () => {
  it('are eight wildcards on public suffixes', () => {
    const found = (count: number) => {
      const names = manyOf(count, (at) => (at % 2 === 0 ? '*.com' : '*.org'))
      return findingsOf(webpkiNames, anchoredPath(having(names), plainCa()), webpki)
    }
    expect(found(8)).toHaveLength(8)
    expect(found(40)).toHaveLength(8)
    expect(found(3)[0]?.details).toEqual({
      name: '*.com',
      reason: 'has a wildcard right below a public suffix, where names belong to different owners'
    })
  })

  it('are sixteen names that a common name is no copy of, with their number', () => {
    const names = manyOf(40, (at) => `a${at}.example.com`)
    const target = having(names, name(['CN', 'www.example.com']))
    const [finding] = findingsOf(webpkiNames, anchoredPath(target, plainCa()), webpki)
    expect(finding?.details).toMatchObject({
      presented: names.slice(0, 16).map(({ value }) => value),
      presentedCount: 40
    })
  })

  it('are sixteen names that none of the identities is, and 32 identities', () => {
    const names = manyOf(40, (at) => `a${at}.example.com`)
    const identities = Array.from({ length: 40 }, (_, at): ReferenceIdentity => {
      const parsed = parseHostname(`b${at}.example.com`)
      if (!parsed.ok) throw new Error('it is a host name')
      return parsed.value
    })
    const found = findingsOf(identity, anchoredPath(having(names), plainCa()), plainContext({ identities }))
    expect(found).toHaveLength(32)
    expect(found[31]?.details).toMatchObject({
      name: 'b31.example.com',
      presented: names.slice(0, 16).map(({ value }) => value),
      presentedCount: 40
    })
  })

  it('are eight constraints that do not permit a name, and dots for more', () => {
    const permitted = (count: number) => {
      const subtrees = { permitted: manyOf(count, (at) => `p${at}.example`), excluded: [] }
      const [finding] = findingsOf(
        nameConstraints,
        anchoredPath(having([dns('www.example.com')]), plainCa(undefined, { nameConstraints: subtrees })),
        plainContext()
      )
      return finding?.details
    }
    const eight = Array.from({ length: 8 }, (_, at) => `p${at}.example`)
    expect(permitted(8)).toMatchObject({ permitted: eight })
    expect(permitted(9)).toMatchObject({ permitted: [...eight, '…'] })
  })
})
