import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialPolicyState, type PolicyCertificate } from '#dist/core/match/policy/policy-inputs.js'
import { type PolicyOutcome, processPolicies } from '#dist/core/match/policy/policy-processing.js'
import { Budget, defaultLimits, LimitReached } from '#dist/core/model/limits.js'
import type { PolicyInputs } from '#dist/core/model/options.js'
import { processPolicyTree } from '../../../support/policy-tree.ts'

const any = '2.5.29.32.0'
const [gold, silver, bronze, red] = ['1.2.1', '1.2.2', '1.2.3', '1.2.4'] as const

const none: PolicyInputs = { initial: undefined, requireExplicit: false, inhibitMapping: false, inhibitAny: false }
const explicit: PolicyInputs = { ...none, requireExplicit: true }

type Fields = Partial<Omit<PolicyCertificate, 'certificatePolicies' | 'policyMappings'>> & {
  readonly map?: readonly (readonly [string, string])[]
}

/** A certificate with these policies, or without the extension. */
const certificate = (policies: readonly string[] | undefined, { map, ...fields }: Fields = {}): PolicyCertificate => ({
  selfIssued: false,
  policyConstraints: undefined,
  inhibitAnyPolicy: undefined,
  ...fields,
  certificatePolicies: policies?.map((oid) => ({ oid, unknownQualifiers: false })),
  policyMappings: map?.map(([issuerDomainPolicy, subjectDomainPolicy]) => ({ issuerDomainPolicy, subjectDomainPolicy }))
})

const constrained = (requireExplicitPolicy?: number, inhibitPolicyMapping?: number): Fields => ({
  policyConstraints: { requireExplicitPolicy, inhibitPolicyMapping }
})

const budget = (policyNodes = defaultLimits.policyNodes): Budget => new Budget({ ...defaultLimits, policyNodes })

/** Processes certificates, the one that the trust anchor issued first. */
const run = (
  chain: readonly PolicyCertificate[],
  inputs: PolicyInputs = explicit,
  anchor?: PolicyCertificate,
  spent = budget()
): PolicyOutcome => processPolicies(chain, initialPolicyState(inputs, anchor), spent)

const offers = (chain: readonly PolicyCertificate[], inputs: PolicyInputs = explicit): readonly string[] => {
  const { failure, userConstrained } = run(chain, inputs)
  expect(failure).toBeUndefined()
  return [...userConstrained].sort()
}

const failsAt = (chain: readonly PolicyCertificate[], inputs: PolicyInputs = none): unknown =>
  run(chain, inputs).failure

describe('the valid_policy_graph (RFC 9618 §5.3, RFC 5280 §6.1.3 (d) to (f))', () => {
  it('(d)(1)(i) keeps the policies that every certificate has', () => {
    expect(offers([certificate([gold, silver]), certificate([silver, bronze]), certificate([silver, red])])).toEqual([
      silver
    ])
  })

  it('(d)(1)(ii) takes a policy that only anyPolicy above stands for', () => {
    expect(offers([certificate([any]), certificate([gold])])).toEqual([gold])
  })

  it('(d)(2) carries policies through a certificate with anyPolicy', () => {
    expect(offers([certificate([gold]), certificate([any]), certificate([gold, silver])])).toEqual([gold])
  })

  it('(d)(2) carries what is expected beside policies that are named', () => {
    const chain = [certificate([gold, silver]), certificate([silver, any]), certificate([gold, silver])]
    expect(offers(chain)).toEqual([gold, silver])
  })

  it('(d)(2) offers any policy where all certificates have anyPolicy', () => {
    expect(offers([certificate([any]), certificate([any])])).toEqual([any])
  })

  it('(d)(3) is NULL once a certificate shares no policy with those above, and says at which', () => {
    const chain = [certificate([gold]), certificate([silver]), certificate([silver])]
    expect(failsAt(chain, explicit)).toEqual({ at: 1, step: 'certificate', source: 'request' })
    expect(run(chain, none).userConstrained.size).toBe(0)
  })

  it('(e) is NULL from the first certificate without policies, and stays so', () => {
    const chain = [certificate([gold]), certificate(undefined), certificate([gold])]
    expect(failsAt(chain, explicit)).toEqual({ at: 1, step: 'certificate', source: 'request' })
    expect(offers(chain, none)).toEqual([])
  })

  it('(f) asks for nothing while no explicit policy is required', () => {
    expect(offers([certificate(undefined), certificate(undefined)], none)).toEqual([])
  })
})

describe('policy mapping (RFC 9618 §5.4)', () => {
  it('(b)(1) offers the policy of the anchor’s domain for the one that it is mapped to', () => {
    expect(offers([certificate([gold], { map: [[gold, silver]] }), certificate([silver])])).toEqual([gold])
  })

  it('(b)(1) no longer expects a policy that was mapped away', () => {
    const chain = [certificate([gold], { map: [[gold, silver]] }), certificate([gold])]
    expect(failsAt(chain, explicit)).toEqual({ at: 1, step: 'certificate', source: 'request' })
  })

  it('(b)(1) joins all mappings of one policy, and of two policies to one', () => {
    const oneToTwo: Fields = {
      map: [
        [gold, silver],
        [gold, bronze],
        [gold, bronze]
      ]
    }
    expect(offers([certificate([gold], oneToTwo), certificate([bronze])])).toEqual([gold])
    const twoToOne: Fields = {
      map: [
        [gold, bronze],
        [silver, bronze]
      ]
    }
    expect(offers([certificate([gold, silver], twoToOne), certificate([bronze])])).toEqual([gold, silver])
  })

  it('(b)(1) makes a node of a mapped policy that only anyPolicy stands for', () => {
    const chain = [certificate([any], { map: [[gold, silver]] }), certificate([silver])]
    expect(offers(chain)).toEqual([gold])
    expect(offers(chain, { ...explicit, initial: [gold] })).toEqual([gold])
    expect(failsAt(chain, { ...explicit, initial: [silver] })).toEqual({ at: 1, step: 'wrap-up', source: 'request' })
  })

  it('(b)(1) does nothing for a policy that the certificate does not have', () => {
    expect(offers([certificate([gold], { map: [[silver, bronze]] }), certificate([gold, bronze])])).toEqual([gold])
  })

  it('(b)(1) follows a loop of mappings back to where it began', () => {
    const there: Fields = {
      map: [
        [gold, silver],
        [silver, gold]
      ]
    }
    const chain = [certificate([gold], there), certificate([silver, gold], there), certificate([gold])]
    expect(offers(chain)).toEqual([gold])
  })

  it('(b)(2) deletes mapped policies once mapping is inhibited by the request, and what hung on them', () => {
    const chain = [certificate([gold, silver], { map: [[gold, bronze]] }), certificate([bronze, silver])]
    expect(offers(chain, { ...explicit, inhibitMapping: true })).toEqual([silver])
    const only = [certificate([gold], { map: [[gold, bronze]] }), certificate([bronze])]
    expect(failsAt(only, { ...explicit, inhibitMapping: true })).toEqual({
      at: 1,
      step: 'certificate',
      source: 'request'
    })
  })

  it('(b)(2) deletes a policy once that is mapped twice, and none where the certificate does not have it', () => {
    const map = [
      [red, gold],
      [gold, bronze],
      [gold, red]
    ] as const
    const chain = [certificate([gold, silver], { map }), certificate([bronze, silver, red])]
    expect(offers(chain, { ...explicit, inhibitMapping: true })).toEqual([silver])
  })

  it('(b)(2) leaves anyPolicy, which still stands for a policy that must not be mapped', () => {
    const chain = [certificate([any], { map: [[gold, bronze]] }), certificate([bronze])]
    expect(offers(chain, { ...explicit, inhibitMapping: true })).toEqual([bronze])
  })
})

describe('the counters (RFC 5280 §6.1.4 (h) to (j))', () => {
  it('(h)(1), (i)(1) need a policy after as many certificates as requireExplicitPolicy says', () => {
    const below = [certificate(undefined), certificate(undefined)]
    const [first, second] = [constrained(0), constrained(1)].map((fields) => [certificate([gold], fields), ...below])
    expect(failsAt(first ?? [])).toEqual({ at: 1, step: 'certificate', source: 0 })
    expect(failsAt(second ?? [])).toEqual({ at: 2, step: 'certificate', source: 0 })
    expect(failsAt([certificate([gold], constrained(2)), ...below])).toEqual({ at: 2, step: 'wrap-up', source: 0 })
    expect(failsAt([certificate([gold], constrained(3)), ...below])).toBeUndefined()
  })

  it('(h)(1) does not count self-issued certificates', () => {
    const chain = [
      certificate([gold], constrained(2)),
      certificate(undefined, { selfIssued: true }),
      certificate(undefined)
    ]
    expect(failsAt(chain)).toBeUndefined()
  })

  it('(i)(1) keeps the lesser of two requirements, and names the one that is', () => {
    const chain = [certificate([gold], constrained(0)), certificate([gold], constrained(5)), certificate(undefined)]
    expect(failsAt(chain)).toEqual({ at: 2, step: 'certificate', source: 0 })
    const later = [certificate([gold], constrained(5)), certificate([gold], constrained(0)), certificate(undefined)]
    expect(failsAt(later)).toEqual({ at: 2, step: 'certificate', source: 1 })
  })

  it('(h)(2), (i)(2) inhibit mapping after as many certificates as inhibitPolicyMapping says', () => {
    const mapped = certificate([gold], { map: [[gold, silver]] })
    expect(failsAt([certificate([gold], constrained(undefined, 0)), mapped, certificate([silver])], explicit)).toEqual({
      at: 2,
      step: 'certificate',
      source: 'request'
    })
    expect(offers([certificate([gold], constrained(undefined, 1)), mapped, certificate([silver])])).toEqual([gold])
    const between = (selfIssued: boolean) => [
      certificate([gold], constrained(undefined, 1)),
      certificate([gold], { selfIssued }),
      mapped,
      certificate([silver])
    ]
    expect(failsAt(between(false), explicit)).toEqual({ at: 3, step: 'certificate', source: 'request' })
    expect(offers(between(true))).toEqual([gold])
  })

  it('(h)(3), (j) stop anyPolicy after as many certificates as inhibitAnyPolicy says', () => {
    const chain = (inhibitAnyPolicy: number) => [certificate([gold], { inhibitAnyPolicy }), certificate([any])]
    expect(failsAt(chain(0), explicit)).toEqual({ at: 1, step: 'certificate', source: 'request' })
    expect(offers(chain(1))).toEqual([gold])
    const longer = [...chain(1), certificate([any])]
    expect(failsAt(longer, explicit)).toEqual({ at: 2, step: 'certificate', source: 'request' })
  })

  it('(d)(2) lets a self-issued intermediate have anyPolicy all the same, but not a self-issued target', () => {
    const inhibited: PolicyInputs = { ...explicit, inhibitAny: true }
    const selfIssued = certificate([any], { selfIssued: true })
    expect(offers([certificate([gold]), selfIssued, certificate([gold])], inhibited)).toEqual([gold])
    expect(failsAt([certificate([gold]), selfIssued], inhibited)).toEqual({
      at: 1,
      step: 'certificate',
      source: 'request'
    })
  })
})

describe('the wrap-up (RFC 5280 §6.1.5, RFC 9618 §5.5)', () => {
  it('(a) counts the target, even a self-issued one', () => {
    const chain = [certificate([gold], constrained(1)), certificate(undefined, { selfIssued: true })]
    expect(failsAt(chain)).toEqual({ at: 1, step: 'wrap-up', source: 0 })
  })

  it('(b) needs a policy where the target itself has requireExplicitPolicy 0, and no other number', () => {
    expect(failsAt([certificate([gold]), certificate(undefined, constrained(0))])).toEqual({
      at: 1,
      step: 'wrap-up',
      source: 1
    })
    expect(failsAt([certificate([gold]), certificate(undefined, constrained(1))])).toBeUndefined()
  })

  it('(g)(5)(i) leaves only what the request accepts', () => {
    const chain = [certificate([gold, silver]), certificate([gold, silver])]
    expect(offers(chain, { ...explicit, initial: [silver, red] })).toEqual([silver])
    expect(failsAt(chain, { ...explicit, initial: [red] })).toEqual({ at: 1, step: 'wrap-up', source: 'request' })
    expect(offers(chain, { ...none, initial: [red] })).toEqual([])
  })

  it('(g)(5)(ii) offers all that the request accepts where any policy is offered', () => {
    expect(offers([certificate([any]), certificate([any, gold])], { ...explicit, initial: [red, gold] })).toEqual([
      gold,
      red
    ])
  })

  it('takes anyPolicy in the initial set for any policy', () => {
    expect(offers([certificate([gold])], { ...explicit, initial: [red, any] })).toEqual([gold])
  })

  it('(g)(2) takes policies that came in below anyPolicy at any depth, and none below others', () => {
    const chain = [
      certificate([any, gold]),
      certificate([gold, silver], { map: [[silver, red]] }),
      certificate([gold, red])
    ]
    expect(offers(chain)).toEqual([gold, silver])
  })
})

describe('the trust anchor’s own policies (RFC 5937 §3.2)', () => {
  const chain = [certificate([gold, silver]), certificate([gold, silver])]

  it('narrow the initial set', () => {
    expect(run(chain, explicit, certificate([gold])).userConstrained).toEqual(new Set([gold]))
    expect(run(chain, { ...explicit, initial: [gold, silver] }, certificate([silver])).userConstrained).toEqual(
      new Set([silver])
    )
    expect(run(chain, { ...explicit, initial: [gold] }, certificate([silver])).failure).toMatchObject({ at: 1 })
  })

  it('leave the initial set as it is where they are any policy or absent', () => {
    const inputs = { ...explicit, initial: [gold] }
    expect(run(chain, inputs, certificate([any, silver])).userConstrained).toEqual(new Set([gold]))
    expect(run(chain, inputs, certificate(undefined)).userConstrained).toEqual(new Set([gold]))
  })

  it('set the counters', () => {
    const bare = [certificate(undefined), certificate(undefined)]
    expect(run(bare, none, certificate(undefined, constrained(0))).failure).toEqual({
      at: 0,
      step: 'certificate',
      source: 'trust-anchor'
    })
    expect(run(bare, none, certificate(undefined, constrained(1))).failure).toMatchObject({ at: 1 })
    expect(run(bare, explicit, certificate(undefined, constrained(0))).failure).toMatchObject({ source: 'request' })
    const mapped = [certificate([gold], { map: [[gold, silver]] }), certificate([silver])]
    expect(run(mapped, explicit, certificate(undefined, constrained(undefined, 0))).failure).toMatchObject({ at: 1 })
    const wild = [certificate([any]), certificate([gold])]
    expect(run(wild, explicit, certificate(undefined, { inhibitAnyPolicy: 0 })).failure).toMatchObject({ at: 0 })
  })
})

describe('the size of the graph (RFC 9618 §4)', () => {
  const doubling = (levels: number, width: number): readonly PolicyCertificate[] => {
    const policies = Array.from({ length: width }, (_, at) => `1.3.${at}`)
    const map = policies.flatMap((from) => policies.map((to) => [from, to] as const))
    return [...Array.from({ length: levels }, () => certificate(policies, { map })), certificate(policies.slice(0, 1))]
  }

  it('grows by the same amount with each certificate that doubles the policies', () => {
    for (const levels of [12, 24, 200]) {
      const { failure, userConstrained } = run(doubling(levels, 2), explicit, undefined, budget(12 * levels))
      expect(failure).toBeUndefined()
      expect([...userConstrained]).toEqual(['1.3.0', '1.3.1'])
    }
  })

  it('is linear in the mappings, not in their combinations', () => {
    const width = 30
    const chain = doubling(10, width)
    expect(run(chain, explicit, undefined, budget(3 * 11 * width * width)).userConstrained.size).toBe(width)
  })

  it.each<[string, readonly PolicyCertificate[], PolicyInputs, number]>([
    ['policies and what is expected of them', [certificate([gold, silver])], none, 1 + 2],
    ['what anyPolicy stands for', [certificate([gold]), certificate([any])], none, 1 + 1 + (1 + 1 + 1)],
    ['mappings', [certificate([gold], { map: [[gold, silver]] }), certificate([silver])], none, 1 + 1 + 1 + (1 + 1)],
    [
      'mappings that are inhibited',
      [certificate([gold, silver], { map: [[gold, silver]] }), certificate([silver])],
      { ...none, inhibitMapping: true },
      1 + 2 + 1 + (1 + 1)
    ]
  ])('spends the budget on %s', (_what, chain, inputs, cost) => {
    expect(run(chain, inputs, undefined, budget(cost)).failure).toBeUndefined()
    for (let less = 0; less < cost; less++) {
      expect(() => run(chain, inputs, undefined, budget(less)), `${less}`).toThrow(LimitReached)
    }
  })

  it('spends the budget before the work, and ends at the limit', () => {
    const spent = budget(11)
    expect(() => run(doubling(12, 2), explicit, undefined, spent)).toThrow(LimitReached)
    expect(() => run(doubling(12, 2), explicit, undefined, budget(60))).toThrow('policyNodes of 60')
  })

  it('spends nothing once the graph is NULL', () => {
    expect(run([certificate(undefined), ...doubling(12, 2)], none, undefined, budget(0)).failure).toBeUndefined()
  })
})

describe('the graph and RFC 5280’s tree', () => {
  const policy = fc.constantFrom(gold, silver, bronze)
  const count = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined })
  const certificates = fc.record({
    policies: fc.option(fc.uniqueArray(fc.oneof(policy, fc.constant(any)), { minLength: 1 }), {
      nil: undefined,
      freq: 8
    }),
    map: fc.option(fc.array(fc.tuple(policy, policy), { minLength: 1, maxLength: 4 }), { nil: undefined }),
    selfIssued: fc.boolean(),
    requireExplicitPolicy: count,
    inhibitPolicyMapping: count,
    inhibitAnyPolicy: count
  })
  const inputs = fc.record({
    initial: fc.option(fc.uniqueArray(fc.oneof({ weight: 6, arbitrary: policy }, fc.constant(any)), { minLength: 1 }), {
      nil: undefined
    }),
    requireExplicit: fc.boolean(),
    inhibitMapping: fc.boolean(),
    inhibitAny: fc.boolean()
  })

  it('come to the same verdict and the same policies', () => {
    fc.assert(
      fc.property(fc.array(certificates, { minLength: 1, maxLength: 5 }), inputs, (fields, given) => {
        const chain = fields.map(({ policies, map, requireExplicitPolicy, inhibitPolicyMapping, ...rest }) =>
          certificate(policies, {
            ...rest,
            ...(map === undefined ? {} : { map }),
            policyConstraints: { requireExplicitPolicy, inhibitPolicyMapping }
          })
        )
        const { failure, userConstrained } = run(chain, given)
        const tree = processPolicyTree(chain, given)
        expect(failure && { at: failure.at, step: failure.step }).toEqual(tree.failure)
        expect([...userConstrained].sort()).toEqual(tree.userConstrained)
      }),
      { numRuns: 3_000 }
    )
  })
})
