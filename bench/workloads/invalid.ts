import { type BodyShape, cold, path } from './bodies.ts'
import { invalid, valid, type Workload, withGo } from './workload.ts'

/** Turns the last octet of the leaf's signature: the last line of its PEM but one holds it. */
export const damaged = ([leaf = '', ...above]: readonly string[]): readonly string[] => {
  const lines = leaf.trimEnd().split('\n')
  const octets = Buffer.from(lines.slice(1, -1).join(''), 'base64')
  octets[octets.length - 1] = (octets.at(-1) ?? 0) ^ 1
  return [`${lines[0]}\n${octets.toString('base64')}\n${lines.at(-1)}\n`, ...above]
}

interface Kind {
  readonly name: string
  readonly title: string
  readonly shape: BodyShape
  readonly comparedWith: string
}

/** Each common reason, once; compared with the valid workload whose path is as long. */
const kinds: readonly Kind[] = [
  { name: 'expired', title: 'expired', shape: { issuer: 'rsa-ca', kind: 'expired' }, comparedWith: 'rsa-cold' },
  {
    name: 'hostname',
    title: 'another host',
    shape: { issuer: 'rsa-ca', options: { hostname: 'other.bench.test' } },
    comparedWith: 'rsa-cold'
  },
  {
    name: 'purpose',
    title: 'another purpose',
    shape: { issuer: 'rsa-ca', options: { purpose: 'codeSigning' } },
    comparedWith: 'rsa-cold'
  },
  {
    name: 'no-intermediate',
    title: 'intermediate missing',
    shape: { issuer: 'rsa-ca', alter: (chain) => chain.slice(0, 1) },
    comparedWith: 'rsa-cold'
  },
  { name: 'strange-root', title: 'unknown root', shape: { issuer: 'strange-ca' }, comparedWith: 'rsa-cold' },
  {
    name: 'self-signed',
    title: 'self-signed',
    shape: { issuer: 'rsa-ca', kind: 'self-signed', alter: (chain) => chain.slice(0, 1) },
    comparedWith: 'rsa-cold'
  },
  {
    name: 'signature',
    title: 'signature damaged',
    shape: { issuer: 'rsa-ca', alter: damaged },
    comparedWith: 'rsa-cold'
  },
  { name: 'not-a-ca', title: 'issuer no CA', shape: { issuer: 'not-a-ca' }, comparedWith: 'rsa-cold' },
  { name: 'name', title: 'name not permitted', shape: { issuer: 'elsewhere-ca' }, comparedWith: 'rsa-cold' },
  {
    name: 'path-length',
    title: 'path length exceeded',
    shape: { issuer: 'below-short-ca' },
    comparedWith: 'rsa-chain-4'
  }
]

const base = { roots: 150, weight: 1, path, peers: withGo } as const

export const invalidWorkloads: readonly Workload[] = [
  {
    ...base,
    name: 'rsa-chain-4',
    title: 'RSA, cold leaf, a path of 4',
    group: 'shapes',
    expects: valid,
    requests: cold({ issuer: 'rsa-deep-2' })
  },
  ...kinds.map(
    ({ name, title, shape, comparedWith }): Workload => ({
      ...base,
      name: `invalid-${name}`,
      title: `RSA, cold, invalid: ${title}`,
      group: 'invalid',
      expects: invalid,
      comparedWith,
      requests: cold(shape)
    })
  )
]
