import { describe, expect, it } from 'vitest'
import { policies, userConstrainedPolicies } from '#dist/core/checks/policies.js'
import type { Certificate } from '#dist/core/model/certificate.js'
import { policyCodes } from '#dist/core/model/codes/policies.js'
import { LimitReached } from '#dist/core/model/limits.js'
import { extensionOids } from '#dist/core/model/oids.js'
import type { PolicyInputs } from '#dist/core/model/options.js'
import type { CandidatePath, CheckContext } from '#dist/core/model/path.js'
import { findingsOf } from '../../support/findings.ts'
import {
  anchoredPath,
  bareAnchor,
  constrainedPath,
  openPath,
  type PlainFields,
  plainCertificate,
  plainContext
} from '../../support/plain-certificate.ts'

const any = '2.5.29.32.0'
const none: PolicyInputs = { initial: undefined, requireExplicit: false, inhibitMapping: false, inhibitAny: false }
const explicit = plainContext({ policies: { ...none, requireExplicit: true } })

const withPolicies = (oids: readonly string[], fields: PlainFields = {}): Certificate =>
  plainCertificate({ certificatePolicies: oids.map((oid) => ({ oid, unknownQualifiers: false })), ...fields })
const without = plainCertificate()
const requiring = (requireExplicitPolicy: number): PlainFields => ({
  policyConstraints: { requireExplicitPolicy, inhibitPolicyMapping: undefined }
})

const run = (path: CandidatePath, context: CheckContext) => findingsOf(policies, path, context)

describe('policies (RFC 5280 §6.1.3 (f), §6.1.5 (g), RFC 9618)', () => {
  it('accept a path without policies while none is required', () => {
    expect(run(anchoredPath(without, without, without), plainContext())).toEqual([])
  })

  it('accept a path with a policy that is required, whatever the trust anchor lacks', () => {
    const path = anchoredPath(withPolicies(['1.2.3']), withPolicies(['1.2.3', '1.2.4']), without)
    expect(run(path, explicit)).toEqual([])
    expect(userConstrainedPolicies(path, explicit)).toEqual(['1.2.3'])
  })

  it('§6.1.3 (f) report the certificate without an acceptable policy, once', () => {
    const path = anchoredPath(withPolicies(['1.2.3']), withPolicies(['1.2.4']), withPolicies(['1.2.3']), without)
    expect(run(path, explicit)).toEqual([
      {
        code: 'policy-not-acceptable',
        certificate: 1,
        severity: 'error',
        reference: 'RFC 5280 §6.1.3 (f), RFC 9618 §5.3',
        details: { required: 'request', initial: [any], offered: ['1.2.4'] }
      }
    ])
  })

  it('§6.1.5 (g) report the target where the path’s policy is not one that the request accepts', () => {
    const context = plainContext({ policies: { ...none, initial: ['1.2.9'], requireExplicit: true } })
    const path = anchoredPath(withPolicies(['1.2.3', '1.2.4']), withPolicies(['1.2.4', '1.2.3']), without)
    expect(run(path, context)).toEqual([
      {
        code: 'policy-not-acceptable',
        certificate: 0,
        severity: 'error',
        reference: 'RFC 5280 §6.1.5 (g), RFC 9618 §5.5',
        details: { required: 'request', initial: ['1.2.9'], offered: ['1.2.3', '1.2.4'] }
      }
    ])
  })

  it('§6.1.5 (g) offer what the path comes down to, in the words of the anchor’s domain', () => {
    const policyMappings = [{ issuerDomainPolicy: '1.2.3', subjectDomainPolicy: '1.3.3' }]
    const mapping = withPolicies(['1.2.3'], { policyMappings })
    const context = plainContext({ policies: { ...none, initial: ['1.2.9'], requireExplicit: true } })
    expect(run(anchoredPath(withPolicies(['1.3.3']), mapping, without), context)).toMatchObject([
      { certificate: 0, details: { offered: ['1.2.3'] } }
    ])
  })

  it('name the certificate whose requireExplicitPolicy it is', () => {
    const path = anchoredPath(without, withPolicies(['1.2.3']), withPolicies(['1.2.3'], requiring(0)), without)
    expect(run(path, plainContext())).toMatchObject([
      { certificate: 0, details: { required: 2, initial: [any], offered: [] } }
    ])
  })

  it('take the trust anchor’s own policies where its contents count, and only there (RFC 5937)', () => {
    const path = anchoredPath(withPolicies(['1.2.4']), withPolicies(['1.2.3'], requiring(0)))
    expect(run(path, plainContext())).toMatchObject([
      { certificate: 0, details: { required: 1, initial: ['1.2.3'], offered: ['1.2.4'] } }
    ])
    expect(run(path, plainContext({ anchorRules: bareAnchor }))).toEqual([])
    expect(userConstrainedPolicies(path, plainContext({ anchorRules: bareAnchor }))).toEqual(['1.2.4'])
  })

  it('take the policies of the trust store for its anchor, and then need one of them, whatever the request says', () => {
    const constraints = { policies: ['1.2.3', '1.2.9'] }
    const context = plainContext({ anchorRules: bareAnchor })
    const good = constrainedPath(constraints, withPolicies(['1.2.3', '1.2.4']), without)
    expect(run(good, context)).toEqual([])
    expect(userConstrainedPolicies(good, context)).toEqual(['1.2.3'])
    expect(run(constrainedPath(constraints, withPolicies(['1.2.4']), without), context)).toEqual([
      {
        code: 'policy-not-acceptable',
        certificate: 0,
        severity: 'error',
        reference: 'RFC 5280 §6.1.5 (g), RFC 9618 §5.5',
        details: { required: 'trust-store', initial: ['1.2.3', '1.2.9'], offered: ['1.2.4'] }
      }
    ])
    expect(run(constrainedPath(constraints, without, without), context)).toMatchObject([
      { certificate: 0, details: { required: 'trust-store', offered: [] } }
    ])
    expect(run(constrainedPath(constraints, without), context)).toMatchObject([{ certificate: 0 }])
  })

  it('take none of the trust store for who signs evidence about other certificates', () => {
    const path = constrainedPath({ policies: ['1.2.3'] }, without, without)
    expect(run(path, plainContext({ signer: true }))).toEqual([])
    expect(run(path, plainContext())).toHaveLength(1)
  })

  it('take what is left of the policies of the request, the anchor and the trust store', () => {
    const asked = plainContext({ policies: { ...none, initial: ['1.2.3', '1.2.4', '1.2.5'] } })
    const anchor = withPolicies(['1.2.3', '1.2.4', '1.2.6'])
    const path = constrainedPath({ policies: ['1.2.4', '1.2.5', '1.2.6'] }, withPolicies([any]), anchor)
    expect(run(path, asked)).toEqual([])
    expect(userConstrainedPolicies(path, asked)).toEqual(['1.2.4'])
    expect(run(constrainedPath({ policies: ['1.2.5'] }, withPolicies([any]), anchor), asked)).toMatchObject([
      { details: { required: 'trust-store', initial: [] } }
    ])
  })

  it('process a target that is itself the trust anchor as the only certificate', () => {
    expect(run(anchoredPath(withPolicies(['1.2.3'])), explicit)).toEqual([])
    expect(run(anchoredPath(without), explicit)).toMatchObject([{ certificate: 0 }])
  })

  it('process a path without a trust anchor as if there were one above it', () => {
    expect(run(openPath(withPolicies(['1.2.3']), withPolicies(['1.2.3'])), explicit)).toEqual([])
    expect(run(openPath(withPolicies(['1.2.3']), without), explicit)).toMatchObject([{ certificate: 1 }])
    expect(run(openPath(without, withPolicies(['1.2.3'], requiring(2))), plainContext())).toEqual([])
    expect(run(openPath(without, withPolicies(['1.2.3'], requiring(1))), plainContext())).toMatchObject([
      { certificate: 0, details: { required: 1 } }
    ])
  })

  it('are answered in order', () => {
    const path = anchoredPath(withPolicies(['1.2.5', '1.2.3', '1.2.4']), without)
    expect(userConstrainedPolicies(path, plainContext())).toEqual(['1.2.3', '1.2.4', '1.2.5'])
  })

  it.each([
    extensionOids.certificatePolicies,
    extensionOids.policyMappings,
    extensionOids.policyConstraints,
    extensionOids.inhibitAnyPolicy
  ])('say nothing where the extension %s cannot be read', (oid) => {
    const unreadable = plainCertificate({ unreadable: [oid] })
    expect(run(anchoredPath(without, unreadable, without), explicit)).toEqual([])
    expect(run(anchoredPath(without, unreadable), explicit)).toEqual([])
  })

  it('list 16 policies at most', () => {
    const many = Array.from({ length: 40 }, (_, at) => `1.2.${at}`)
    const context = plainContext({ policies: { ...none, initial: ['1.3'], requireExplicit: true } })
    const [finding] = run(anchoredPath(withPolicies(many), without), context)
    expect(finding?.details.offered).toHaveLength(16)
  })

  it('let a spent budget end the validation, and do not spend it for the answer', () => {
    const path = anchoredPath(withPolicies(['1.2.3', '1.2.4']), withPolicies(['1.2.3', '1.2.4']), without)
    expect(() => run(path, plainContext({}, { policyNodes: 3 }))).toThrow(LimitReached)
    const context = plainContext({}, { policyNodes: 8 })
    expect(run(path, context)).toEqual([])
    expect(userConstrainedPolicies(path, context)).toEqual(['1.2.3', '1.2.4'])
    expect(userConstrainedPolicies(path, context)).toEqual(['1.2.3', '1.2.4'])
  })

  it('have messages that say who asks for what, and what there is', () => {
    const { message } = policyCodes['policy-not-acceptable']
    expect(message({ required: 'request', initial: ['1.2.9', '1.2.8'], offered: ['1.2.3'] })).toBe(
      'The request requires a certificate policy that is valid for the whole path, one of 1.2.9, 1.2.8. None is left at this certificate; what is offered there is 1.2.3.'
    )
    expect(message({ required: 2, initial: [any], offered: [] })).toBe(
      'Certificate 2 of the path requires a certificate policy that is valid for the whole path. None is left at this certificate.'
    )
    expect(message({ required: 'trust-store', initial: ['1.2.3'], offered: [] })).toBe(
      'The trust store requires a certificate policy that is valid for the whole path, one of 1.2.3. None is left at this certificate.'
    )
    expect(message({ required: 1, initial: [], offered: [] })).toContain(
      'the trust anchor allows none of those asked for'
    )
  })
})
