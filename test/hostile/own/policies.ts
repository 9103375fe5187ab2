import {
  basicConstraints,
  certSignAndCrlSign,
  type ExtensionSpec,
  extension,
  type Issued,
  issue,
  keyUsage,
  server
} from '../../support/authority.ts'
import { oid, sequence } from '../../support/der-writer.ts'
import { json, keyNumber, type OwnCase, pem, times } from './case.ts'

const policies = (oids: readonly string[]): ExtensionSpec =>
  extension('2.5.29.32', sequence(Buffer.concat(oids.map((each) => sequence(oid(each))))))
const mappings = (pairs: readonly (readonly [string, string])[]): ExtensionSpec =>
  extension('2.5.29.33', sequence(Buffer.concat(pairs.map(([from, to]) => sequence(oid(from), oid(to))))))

const policy = (n: number): string => `1.3.6.1.4.1.55555.${n}`
const any = '2.5.29.32.0'

/** A chain whose CAs below the root have the extensions that `extensionsAt` gives them, by level from 1 on. */
const chainOf =
  (
    levels: number,
    leafPolicies: readonly string[],
    extensionsAt: (level: number) => readonly ExtensionSpec[],
    options: object
  ): OwnCase['make'] =>
  () => {
    const authority = (level: number, issuer?: Issued): Issued =>
      issue({
        subject: `Level ${level}`,
        key: keyNumber(level),
        extensions: [basicConstraints(true), keyUsage(certSignAndCrlSign), ...(level === 0 ? [] : extensionsAt(level))],
        ...(issuer === undefined ? {} : { issuer })
      })
    const cas: Issued[] = [authority(0)]
    for (let level = 1; level <= levels; level++) cas.push(authority(level, cas.at(-1)))
    const [root = authority(0)] = cas
    const leaf = server(cas.at(-1) ?? root, 'www.example.test', { extensions: [policies(leafPolicies)] })
    return json({ chain: pem([leaf, ...cas.slice(1)]), caBundle: root.pem, ...options })
  }

/** Each of `width` policies is mapped to each: a tree has `width` to the power of the levels nodes. */
const doubling = (levels: number, width: number): OwnCase['make'] => {
  const all = times(width, policy)
  const pairs = all.flatMap((from) => all.map((to) => [from, to] as const))
  return chainOf(levels, all, () => [policies(all), mappings(pairs)], { policies: { requireExplicit: true } })
}

const many = times(50_000, policy)
const fewer = many.slice(0, 30_000)

export const policyGraphs: readonly OwnCase[] = [
  { id: 'policies that double over 12 levels', allowed: ['valid'], make: doubling(12, 2) },
  { id: 'policies that double over 30 levels', allowed: ['valid'], make: doubling(30, 2) },
  { id: 'policies that grow fortyfold over 12 levels', allowed: ['valid', 'invalid'], make: doubling(12, 40) },
  {
    id: '50,000 policies at each of 4 levels',
    allowed: ['valid', 'invalid'],
    make: chainOf(4, many, () => [policies(many)], {})
  },
  {
    id: '50,000 policy mappings at each of 3 levels',
    allowed: ['valid', 'invalid'],
    make: chainOf(
      3,
      many.slice(0, 10),
      () => [policies([any]), mappings(many.map((each, at) => [each, policy(at + 1)]))],
      {}
    )
  },
  {
    id: 'one policy mapped to 30,000, and these to one',
    allowed: ['valid', 'invalid'],
    make: chainOf(
      4,
      [policy(0)],
      (level) => [
        policies(level % 2 === 1 ? [policy(0)] : fewer),
        mappings(fewer.map((each) => (level % 2 === 1 ? [policy(0), each] : [each, policy(0)])))
      ],
      {}
    )
  },
  {
    id: '90,000 initial policies',
    allowed: ['limit'],
    make: chainOf(2, [any], () => [policies([any])], { policies: { initial: times(90_000, policy) } })
  }
]
