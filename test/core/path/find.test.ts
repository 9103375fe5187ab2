import { describe, expect, it } from 'vitest'
import type { Found } from '#dist/core/path/find.js'
import type { JudgedPath } from '#dist/core/path/judge.js'
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

  it('names eight that it has set aside at most', () => {
    const child = plainIssued('leaf', 'CA', { key: 3, by: 2 }, identified('03', '02'))
    const strangers = Array.from({ length: 10 }, (_, at) =>
      plainIssued('CA', 'Root', { key: 10 + at, by: 1 }, identified(`f${at}`, '01'))
    )
    const [finding] = findPlain([child, ...strangers], [root]).best.errors
    expect(finding?.code).toBe('issuer-not-found')
    expect(finding?.details).toEqual({
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
