import { describe, expect, it } from 'vitest'
import type { Found } from '#dist/core/path/find.js'
import type { JudgedPath } from '#dist/core/path/judge.js'
import { directory, name } from '../../support/names.ts'
import { findPlain, identified, plainIssued } from '../../support/plain-paths.ts'

const sourcesOf = ({ path }: JudgedPath): string => path.entries.map(({ source }) => source).join(' ')
const brief = ({ outcome, best }: Found) => [outcome, sourcesOf(best)]
const errorsOf = ({ errors }: JudgedPath) => errors.map(({ code, certificate }) => `${code} ${certificate}`)
const expired = { notAfter: -1 }

const root = plainIssued('Root', 'Root', { key: 1, by: 1 })
const ca = plainIssued('CA', 'Root', { key: 2, by: 1 })
const leaf = plainIssued('leaf', 'CA', { key: 3, by: 2 })

describe('the path that is found', () => {
  it('is the valid one, and the only attempt', () => {
    const found = findPlain([leaf, ca], [root])
    expect(brief(found)).toEqual(['valid', 'chain[0] chain[1] caBundle[0]'])
    expect(found.best.path.anchored).toBe(true)
    expect(found.attempts).toEqual([found.best])
  })

  it('is told with all that were tried where the request asks for them, the valid one first', () => {
    const old = plainIssued('CA', 'Root', { key: 2, by: 1 }, expired)
    const found = findPlain([leaf, old, ca], [root], { explain: 'all' })
    expect(found.outcome).toBe('valid')
    expect(found.attempts.map(sourcesOf)).toEqual(['chain[0] chain[2] caBundle[0]', 'chain[0] chain[1] caBundle[0]'])
    expect(found.attempts.map(errorsOf)).toEqual([[], ['expired 1']])
    expect(findPlain([leaf, old, ca], [root]).attempts).toHaveLength(1)
  })

  it('is the one with the least faults where none is valid', () => {
    const bad = plainIssued('CA', 'Root', { key: 2, by: 1 }, { ...expired, keyUsage: 1 })
    const old = plainIssued('CA', 'Root', { key: 2, by: 1 }, expired)
    const found = findPlain([leaf, bad, old], [root])
    expect(brief(found)).toEqual(['invalid', 'chain[0] chain[2] caBundle[0]'])
    expect(found.attempts.map(errorsOf)).toEqual([['expired 1'], ['expired 1', 'cert-sign-not-allowed 1']])
  })

  it('prefers the issuer that the key identifier names', () => {
    const child = plainIssued('leaf', 'CA', { key: 3, by: 2 }, identified('03', '02'))
    const other = plainIssued('CA', 'Root', { key: 2, by: 1 }, identified('ff', '01'))
    const named = plainIssued('CA', 'Root', { key: 2, by: 1 }, identified('02', '01'))
    expect(brief(findPlain([child, other, named], [root]))).toEqual(['valid', 'chain[0] chain[2] caBundle[0]'])
    expect(brief(findPlain([child, other], [root]))).toEqual(['valid', 'chain[0] chain[1] caBundle[0]'])
  })

  it('believes key identifiers once a path is valid, over the order of the anchors', () => {
    const child = plainIssued('leaf', 'CA', { key: 3, by: 2 }, identified('03', '02'))
    const best = plainIssued('Best', 'Best', { key: 5, by: 5 })
    const other = plainIssued('CA', 'Best', { key: 2, by: 5 }, identified('ff'))
    const named = plainIssued('CA', 'Root', { key: 2, by: 1 }, identified('02'))
    expect(sourcesOf(findPlain([child, other, named], [best, root]).best)).toBe('chain[0] chain[2] caBundle[1]')
    expect(sourcesOf(findPlain([child, other], [best, root]).best)).toBe('chain[0] chain[1] caBundle[0]')

    const below = plainIssued('CA', 'Root', { key: 2, by: 1 }, identified('02', '01'))
    const unnamed = plainIssued('Root', 'Root', { key: 1, by: 1 }, identified('ff'))
    const match = plainIssued('Root', 'Root', { key: 1, by: 1 }, identified('01'))
    expect(sourcesOf(findPlain([below], [unnamed, match]).best)).toBe('chain[0] caBundle[1]')
    expect(sourcesOf(findPlain([below], [unnamed]).best)).toBe('chain[0] caBundle[0]')
  })

  it('is never exchanged for one to a later anchor', () => {
    const strange = plainIssued('X', 'X', { key: 9, by: 9 })
    const late = plainIssued('X', 'X', { key: 5, by: 5 })
    const second = plainIssued('CA', 'X', { key: 2, by: 5 })
    expect(sourcesOf(findPlain([leaf, ca, second], [strange, root, late]).best)).toBe('chain[0] chain[1] caBundle[1]')
    expect(sourcesOf(findPlain([leaf, second], [strange, root, late]).best)).toBe('chain[0] chain[1] caBundle[2]')
  })

  it('is found however many anchors fail before it', () => {
    const oldRoots = Array.from({ length: 20 }, () => plainIssued('Root', 'Root', { key: 1, by: 1 }, expired))
    expect(brief(findPlain([leaf, ca], [...oldRoots, root]))).toEqual(['valid', 'chain[0] chain[1] caBundle[20]'])
    const nameConstraints = { permitted: [], excluded: [directory(name(['CN', 'leaf']))] }
    const narrow = Array.from({ length: 20 }, () => plainIssued('Root', 'Root', { key: 1, by: 1 }, { nameConstraints }))
    expect(errorsOf(findPlain([leaf, ca], narrow).best)).toEqual(['name-excluded 0'])
    expect(brief(findPlain([leaf, ca], [...narrow, root]))).toEqual(['valid', 'chain[0] chain[1] caBundle[20]'])
  })

  it('is not valid with another key of the issuer’s name', () => {
    const stranger = plainIssued('CA', 'Root', { key: 9, by: 1 })
    expect(findPlain([leaf, stranger], [root]).outcome).toBe('invalid')
    expect(errorsOf(findPlain([leaf, ca], [plainIssued('Root', 'Root', { key: 9, by: 9 })]).best)).toEqual([
      'signature-invalid 1'
    ])
  })
})

describe('a target that is itself a trust anchor', () => {
  const rules = (acceptTarget: boolean) => ({ anchorRules: { validity: true, constraints: true, acceptTarget } })

  it('is a path by itself, where the request accepts it', () => {
    const found = findPlain([root], [ca, root], rules(true))
    expect(brief(found)).toEqual(['valid', 'chain[0]'])
    expect(found.best.path).toMatchObject({ anchored: true, anchorSource: 'caBundle[1]' })
  })

  it('has to be that very certificate', () => {
    const renewed = plainIssued('Root', 'Root', { key: 1, by: 1 })
    const found = findPlain([renewed], [root], rules(true))
    expect(brief(found)).toEqual(['valid', 'chain[0] caBundle[0]'])
    expect(found.best.path.anchorSource).toBeUndefined()
  })

  it('is not accepted where the request does not', () => {
    const found = findPlain([root], [root], rules(false))
    expect(found.best.errors).toEqual([
      {
        code: 'self-signed-not-trusted',
        certificate: 0,
        severity: 'error',
        details: { subject: 'CN=Root', isAnchor: true }
      }
    ])
    expect(findPlain([root], [ca], rules(false)).best.errors[0]?.details).toEqual({
      subject: 'CN=Root',
      isAnchor: false
    })
  })

  it('may still be valid below another where it fails by itself', () => {
    const cross = plainIssued('CA', 'Root', { key: 2, by: 1 }, { selfIssued: true })
    const found = findPlain([cross], [cross, root], { maxIntermediates: 0 })
    expect(found.outcome).toBe('valid')
  })
})

describe('where no issuer is left', () => {
  it('names the issuer that is missing, with its key identifier', () => {
    const [finding] = findPlain([leaf], [root]).best.errors
    expect(finding).toEqual({
      code: 'issuer-not-found',
      certificate: 0,
      severity: 'error',
      details: { issuer: 'CN=CA' }
    })
    const child = plainIssued('leaf', 'CA', { key: 3, by: 2 }, identified('03', 'ab'.repeat(65)))
    expect(findPlain([child], [root]).best.errors[0]?.details).toEqual({
      issuer: 'CN=CA',
      authorityKeyIdentifier: 'ab'.repeat(64)
    })
  })

  it('says that a root is not trusted', () => {
    expect(findPlain([leaf, ca, root], [plainIssued('Other', 'Other', { key: 9, by: 9 })]).best.errors).toEqual([
      { code: 'root-not-trusted', certificate: 2, severity: 'error', details: { subject: 'CN=Root' } }
    ])
  })

  it('says that a self-signed certificate is not trusted, also where another root of its name is', () => {
    const own = plainIssued('Root', 'Root', { key: 1, by: 1 }, identified('01', '01'))
    const other = plainIssued('Root', 'Root', { key: 9, by: 9 }, identified('09', '09'))
    const { errors, warnings } = findPlain([own], [other]).best
    expect(errors.map(({ code }) => code)).toEqual(['self-signed-not-trusted'])
    expect(warnings.filter(({ code }) => code === 'key-identifier-mismatch')).toEqual([
      {
        code: 'key-identifier-mismatch',
        certificate: 0,
        severity: 'warning',
        details: { authorityKeyIdentifier: '01', subjectKeyIdentifier: '09', source: 'caBundle[0]' }
      }
    ])
  })

  it('takes no certificate for self-signed whose key identifiers speak against it', () => {
    const rolled = plainIssued('Root', 'Root', { key: 1, by: 7 }, identified('01', '07'))
    const other = plainIssued('Other', 'Other', { key: 9, by: 9 })
    expect(errorsOf(findPlain([rolled], [other]).best)).toEqual(['issuer-not-found 0'])
    expect(errorsOf(findPlain([leaf, ca, rolled], [other]).best)).toEqual(['issuer-not-found 2'])
    const own = plainIssued('Root', 'Root', { key: 1, by: 1 }, identified('01', '01'))
    expect(errorsOf(findPlain([leaf, ca, own], [other]).best)).toEqual(['root-not-trusted 2'])
  })

  it('tells 128 digits of the key identifiers that differ at most', () => {
    const child = plainIssued('leaf', 'CA', { key: 3, by: 2 }, identified('03', 'a'.repeat(200)))
    const stranger = plainIssued('CA', 'Root', { key: 9, by: 1 }, identified('b'.repeat(200), '01'))
    const { warnings } = findPlain([child, stranger], [root]).best
    expect(warnings.find(({ code }) => code === 'key-identifier-mismatch')?.details).toEqual({
      authorityKeyIdentifier: 'a'.repeat(128),
      subjectKeyIdentifier: 'b'.repeat(128),
      source: 'chain[1]'
    })
  })

  it('says that the path may be no longer, where it goes on', () => {
    const reason = 'all further ones, for a path has at most 2 certificates'
    const other = plainIssued('Other', 'Other', { key: 9, by: 9 })
    for (const found of [
      findPlain([leaf, ca], [root], {}, { pathDepth: 2 }),
      findPlain([leaf, ca, root], [other], {}, { pathDepth: 2 })
    ]) {
      expect(found.best.errors[0]).toMatchObject({
        code: 'issuer-not-found',
        certificate: 1,
        details: { issuer: 'CN=Root', setAside: [reason] }
      })
    }
    expect(findPlain([leaf, ca], [other], {}, { pathDepth: 2 }).best.errors).toEqual([
      { code: 'issuer-not-found', certificate: 1, severity: 'error', details: { issuer: 'CN=Root' } }
    ])
    const deeper = findPlain([leaf, ca], [root], {}, { pathDepth: 3 })
    expect(deeper.outcome).toBe('valid')
  })

  it('names eight that it has set aside at most', () => {
    const child = plainIssued('leaf', 'CA', { key: 3, by: 2 }, identified('03', '02'))
    const strangers = Array.from({ length: 10 }, (_, at) =>
      plainIssued('CA', 'Root', { key: 10 + at, by: 1 }, identified(`f${at}`, '01'))
    )
    const { errors, warnings } = findPlain([child, ...strangers], [root]).best
    expect(errors[0]?.code).toBe('issuer-not-found')
    const mismatches = warnings.filter(({ code }) => code === 'key-identifier-mismatch')
    expect(mismatches.map(({ certificate, details }) => [certificate, details])).toEqual(
      Array.from({ length: 8 }, (_, at) => [
        0,
        { authorityKeyIdentifier: '02', subjectKeyIdentifier: `f${at}`, source: `chain[${at + 1}]` }
      ])
    )
    expect(errors[0]?.details).toEqual({
      issuer: 'CN=CA',
      authorityKeyIdentifier: '02',
      setAside: strangers.slice(0, 8).map((_, at) => `chain[${at + 1}] has the name, but another key`)
    })
  })

  it('sets aside an anchor of the name with another key as well', () => {
    const child = plainIssued('CA', 'Root', { key: 2, by: 1 }, identified('02', '01'))
    const other = plainIssued('Root', 'Root', { key: 9, by: 9 }, identified('09', '09'))
    expect(findPlain([child], [other]).best.errors[0]?.details).toMatchObject({
      setAside: ['caBundle[0] has the name, but another key']
    })
  })

  it('says which issuer stands in the path already', () => {
    const a = plainIssued('A', 'B', { key: 4, by: 5 })
    const b = plainIssued('B', 'A', { key: 5, by: 4 })
    const found = findPlain([plainIssued('leaf', 'A', { key: 3, by: 4 }), a, b], [root])
    expect(sourcesOf(found.best)).toBe('chain[0] chain[1] chain[2]')
    expect(found.best.errors).toEqual([
      {
        code: 'issuer-not-found',
        certificate: 2,
        severity: 'error',
        details: { issuer: 'CN=A', setAside: ['chain[1] stands in the path already'] }
      }
    ])
    expect(found.best.warnings).toContainEqual({
      code: 'path-loop',
      certificate: 2,
      severity: 'warning',
      details: { source: 'chain[1]' }
    })
  })

  it('tells every way, but not more than a person reads', () => {
    const strangers = Array.from({ length: 40 }, (_, at) => plainIssued('CA', `Lost ${at}`, { key: 2, by: 10 }))
    expect(findPlain([leaf, ...strangers.slice(0, 5)], [root]).attempts).toHaveLength(5)
    const { attempts } = findPlain([leaf, ...strangers], [root])
    expect(attempts.length).toBeGreaterThanOrEqual(8)
    expect(attempts.length).toBeLessThanOrEqual(32)
  })

  it('follows ways whose signatures do not verify, to say so', () => {
    const found = findPlain([plainIssued('leaf', 'CA', { key: 3, by: 9 }), ca], [root])
    expect(sourcesOf(found.best)).toBe('chain[0] chain[1] caBundle[0]')
    expect(errorsOf(found.best)).toEqual(['signature-invalid 0'])
    expect(found.attempts).toHaveLength(1)
  })
})

describe('what the search spends', () => {
  const limited = (limit: string, allowed: number) => ({
    code: 'limit-reached',
    certificate: null,
    severity: 'error',
    details: { limit, allowed }
  })

  it('is one candidate path for each that is judged, and none for a certificate that has failed by itself', () => {
    const old = plainIssued('CA', 'Root', { key: 2, by: 1 }, expired)
    const otherRoot = plainIssued('Root', 'Root', { key: 1, by: 1 })
    expect(findPlain([leaf, old, ca], [root], {}, { candidatePaths: 2 }).outcome).toBe('valid')
    expect(findPlain([leaf, old, ca], [root], {}, { candidatePaths: 1 }).outcome).toBe('indeterminate')
    expect(findPlain([leaf, old], [root, otherRoot], {}, { candidatePaths: 1 }).outcome).toBe('indeterminate')
    const oldRoots = Array.from({ length: 3 }, () => plainIssued('Root', 'Root', { key: 1, by: 1 }, expired))
    const twoWays = [leaf, ca, plainIssued('CA', 'Root', { key: 2, by: 1 })]
    expect(findPlain(twoWays, [...oldRoots, root], {}, { candidatePaths: 4 }).outcome).toBe('valid')
    expect(findPlain(twoWays, [...oldRoots, root], {}, { candidatePaths: 3 }).outcome).toBe('indeterminate')
    expect(findPlain(twoWays, oldRoots, {}, { candidatePaths: 3 }).outcome).toBe('invalid')
  })

  it('ends once the target is at fault and sixteen paths have shown it', () => {
    const old = plainIssued('leaf', 'CA', { key: 3, by: 2 }, expired)
    const cas = Array.from({ length: 40 }, () => plainIssued('CA', 'Root', { key: 2, by: 1 }))
    const found = findPlain([old, ...cas], [root], {}, { candidatePaths: 16 })
    expect(found.outcome).toBe('invalid')
    expect(found.attempts).toHaveLength(16)
    expect(findPlain([old, ...cas], [root], {}, { candidatePaths: 15 }).outcome).toBe('indeterminate')
  })

  it('is nothing for a certificate that has failed by itself, at whatever depth it comes again', () => {
    const a = plainIssued('CA', 'B', { key: 2, by: 4 })
    const again = plainIssued('CA', 'C', { key: 2, by: 5 })
    const c = plainIssued('C', 'B', { key: 5, by: 4 })
    const b = plainIssued('B', 'Root', { key: 4, by: 1 }, expired)
    const found = findPlain([leaf, a, again, c, b], [root], {}, { candidatePaths: 1 })
    expect([found.outcome, errorsOf(found.best)]).toEqual(['invalid', ['expired 2']])
  })

  it('is nothing for anchors beyond the sixteenth path, once the target is at fault', () => {
    const old = plainIssued('leaf', 'CA', { key: 3, by: 2 }, expired)
    const roots = Array.from({ length: 40 }, () => plainIssued('Root', 'Root', { key: 1, by: 1 }))
    expect(findPlain([old, ca], roots, {}, { candidatePaths: 16 }).outcome).toBe('invalid')
  })

  it('is no step for issuers whose names lead to no anchor', () => {
    const lost = Array.from({ length: 40 }, () => plainIssued('CA', 'Lost', { key: 2, by: 10 }))
    expect(findPlain([leaf, ...lost, ca], [root], {}, { buildingSteps: 2 }).outcome).toBe('valid')
  })

  it('ends in a loop though names lead out of it', () => {
    const a = plainIssued('CA', 'B', { key: 2, by: 4 })
    const b = plainIssued('B', 'CA', { key: 4, by: 2 })
    const out = plainIssued('CA', 'Root', { key: 2, by: 9 })
    expect(findPlain([leaf, a, b, out], [root], {}, { pathDepth: 1000 }).outcome).toBe('invalid')
  })

  it('is told of every path that the search may not have come to', () => {
    const other = plainIssued('CA', 'Root', { key: 2, by: 1 })
    const found = findPlain([leaf, ca, other], [root], {}, { candidatePaths: 0 })
    expect(found.outcome).toBe('indeterminate')
    expect(found.attempts.map(sourcesOf)).toEqual(['chain[0] chain[1] caBundle[0]', 'chain[0] chain[2] caBundle[0]'])
    for (const { errors } of found.attempts) expect(errors).toEqual([limited('candidatePaths', 0)])
  })

  it('is told of the nearest path alone where it is not theirs', () => {
    const lost = plainIssued('CA', 'Lost', { key: 2, by: 10 })
    const found = findPlain([leaf, ca, lost], [root], {}, { pathDepth: 2 })
    expect(found.attempts.map(errorsOf)).toEqual([['issuer-not-found 1', 'limit-reached null'], ['issuer-not-found 1']])
  })

  it('is told beside another limit that the path itself has reached', () => {
    const certificatePolicies = [{ oid: '1.2.3', unknownQualifiers: false }]
    const child = plainIssued('leaf', 'CA', { key: 3, by: 2 }, { certificatePolicies })
    const cas = [0, 1].map(() => plainIssued('CA', 'Root', { key: 2, by: 1 }, { certificatePolicies }))
    const found = findPlain([child, ...cas], [root], {}, { policyNodes: 0, candidatePaths: 1 })
    expect(found.best.errors).toEqual([limited('policyNodes', 0), limited('candidatePaths', 1)])
  })

  it('lets through what is no limit', () => {
    const broken = plainIssued('CA', 'Root', { key: 2, by: 1 })
    const fails = (): never => {
      throw new TypeError('broken')
    }
    Object.defineProperty(broken, 'publicKey', { get: fails })
    expect(() => findPlain([leaf, broken], [root])).toThrow(new TypeError('broken'))
  })

  it('says at which limit it ended, once', () => {
    const found = findPlain([leaf, ca], [root], {}, { pathDepth: 2 })
    expect(found.outcome).toBe('indeterminate')
    expect(found.best.errors.filter(({ code }) => code === 'limit-reached')).toEqual([limited('pathDepth', 2)])
    const spent = findPlain([leaf, ca], [root], {}, { buildingSteps: 1 })
    expect(spent.outcome).toBe('indeterminate')
    expect(spent.best.errors).toEqual([limited('buildingSteps', 1)])
  })

  it('is nothing where no name leads to an anchor', () => {
    const cas = Array.from({ length: 40 }, () => plainIssued('CA', 'Lost', { key: 2, by: 10 }))
    const found = findPlain([leaf, ...cas], [root], {}, { buildingSteps: 0, candidatePaths: 0 })
    expect(found.outcome).toBe('invalid')
    expect(errorsOf(found.best)).toEqual(['issuer-not-found 1'])
  })

  it('does not make what was found before less than valid', () => {
    const other = plainIssued('CA', 'Root', { key: 2, by: 1 })
    expect(findPlain([leaf, ca, other], [root], {}, { candidatePaths: 1 }).outcome).toBe('valid')
  })

  it('judges the first of what fails, and others by their weight', () => {
    const heavy = (at: number) =>
      plainIssued('CA', 'Root', { key: 2, by: 1 }, { ...expired, der: new Uint8Array(2 ** 20).fill(at) })
    const found = findPlain([leaf, heavy(1), heavy(2), heavy(3)], [root])
    expect(brief(found)).toEqual(['invalid', 'chain[0] chain[1] caBundle[0]'])
    expect(found.attempts).toHaveLength(1)
  })

  it('is open where one path is, whatever the others are', () => {
    const old = plainIssued('CA', 'Root', { key: 2, by: 1 }, expired)
    const revocation = { mode: 'require', scope: 'leaf', maxAge: undefined } as const
    const found = findPlain([leaf, old, ca], [root], { revocation })
    expect(found.attempts.map(errorsOf)).toEqual([['revocation-unknown 0'], ['expired 1', 'revocation-unknown 0']])
    expect(found.outcome).toBe('indeterminate')
    expect(findPlain([leaf, old], [root], { revocation }).outcome).toBe('invalid')
  })

  it('is open where nothing but a limit speaks against a path', () => {
    const certificatePolicies = [{ oid: '1.2.3', unknownQualifiers: false }]
    const child = plainIssued('leaf', 'CA', { key: 3, by: 2 }, { certificatePolicies })
    const above = plainIssued('CA', 'Root', { key: 2, by: 1 }, { certificatePolicies })
    expect(findPlain([child, above], [root]).outcome).toBe('valid')
    const found = findPlain([child, above], [root], {}, { policyNodes: 0 })
    expect(found.outcome).toBe('indeterminate')
    expect(found.best.errors).toEqual([limited('policyNodes', 0)])
    const old = plainIssued('CA', 'Root', { key: 2, by: 1 }, { certificatePolicies, ...expired })
    expect(findPlain([child, old], [root], {}, { policyNodes: 0 }).outcome).toBe('invalid')
  })
})
