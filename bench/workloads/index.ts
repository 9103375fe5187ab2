import { readFileSync } from 'node:fs'
import { issue } from '../../test/support/authority.ts'
import { postRequest } from '../connection.ts'
import { rootsFile } from '../pki/roots.ts'
import { type BodyShape, cold, coldBodies, hot, mixed, path } from './bodies.ts'
import { invalidWorkloads } from './invalid.ts'
import { everyone, serious, valid, type Workload, withGo } from './workload.ts'

const families = [
  { family: 'rsa', title: 'RSA (2048 under 2048 under 4096)' },
  { family: 'ec', title: 'EC (P-256 under P-384 under P-384)' },
  { family: 'ed25519', title: 'Ed25519' }
] as const

const base = { group: 'shapes', roots: 150, weight: 1, path, expects: valid, peers: withGo } as const

const coldAndHot: readonly Workload[] = families.flatMap(({ family, title }): readonly Workload[] => {
  const shape: BodyShape = { issuer: `${family}-ca` }
  // PKI.js reads no Ed25519.
  const peers = family === 'ed25519' ? serious : everyone
  return [
    { ...base, name: `${family}-cold`, title: `${title}, cold`, group: 'cold', peers, requests: cold(shape) },
    { ...base, name: `${family}-hot`, title: `${title}, hot`, group: 'hot', peers, requests: hot(shape) }
  ]
})

const variants: readonly Workload[] = (['rsa', 'ec'] as const).flatMap((family): readonly Workload[] => {
  const shape: BodyShape = { issuer: `${family}-ca` }
  const name = family.toUpperCase()
  return [
    {
      ...base,
      name: `${family}-mixed`,
      title: `${name}, 80 % hot, 20 % cold`,
      group: 'hot',
      peers: serious,
      requests: mixed(shape)
    },
    {
      ...base,
      name: `${family}-hostname`,
      title: `${name}, cold, with hostname`,
      peers: serious,
      requests: cold({ ...shape, hostname: true })
    },
    {
      ...base,
      name: `${family}-10000-roots`,
      title: `${name}, cold, against 10,000 roots`,
      roots: 10_000,
      requests: cold(shape)
    },
    {
      ...base,
      name: `${family}-own-ca`,
      title: `${name}, cold, each under an intermediate never seen`,
      weight: 8,
      warmUpRounds: 16,
      requests: cold({ issuer: `${family}-root`, kind: 'own-ca' })
    }
  ]
})

/** Roots are not sent, so a path of `length` has one certificate more than the request. */
const chains: readonly Workload[] = [2, 3, 4, 5, 6, 7, 8, 10].map((length) => ({
  ...base,
  name: `ec-chain-${length}`,
  title: `EC, cold leaf, a path of ${length}`,
  weight: Math.ceil(length / 3),
  requests: cold({ issuer: length === 2 ? 'ec-root' : `ec-deep-${length - 2}` })
}))

let others: readonly string[] = []
const unneeded = (count: number): string => {
  if (others.length < count) others = Array.from({ length: count }, (_, at) => issue({ subject: `Unneeded ${at}` }).pem)
  return others.slice(0, count).join('')
}

const ballast: readonly Workload[] = [50, 1_000].map((count) => ({
  ...base,
  name: `rsa-unneeded-${count}`,
  title: `RSA, cold, ${count.toLocaleString('en')} unneeded certificates`,
  weight: count === 50 ? 5 : 60,
  peers: serious,
  requests: (total, supply) => cold({ issuer: 'rsa-ca', options: { intermediates: unneeded(count) } })(total, supply)
}))

const ownBundle: Workload = {
  ...base,
  name: 'rsa-ca-bundle',
  title: 'RSA, cold, a CA bundle of 150 in the request',
  weight: 10,
  requests: (total, supply) =>
    cold({ issuer: 'rsa-ca', options: { caBundle: readFileSync(rootsFile(150), 'utf8') } })(total, supply)
}

const linesInABatch = 100

const batches: readonly Workload[] = (['rsa', 'ec'] as const).flatMap((family) =>
  (['cold', 'hot'] as const).map((heat) => ({
    ...base,
    name: `${family}-batch-${heat}`,
    title: `${family.toUpperCase()}, ${heat}, a batch of 100, a chain`,
    group: 'batch' as const,
    path: '/validate/batch',
    // A line that is known costs so little that a server must meet many before its code is as fast as it gets.
    weight: heat === 'cold' ? 50 : 20,
    validations: linesInABatch,
    requests: async (total, supply) => {
      const count = heat === 'cold' ? total * linesInABatch : 1
      const body = await coldBodies({ issuer: `${family}-ca` }, count, supply)
      return (index) => {
        const lines = Array.from({ length: linesInABatch }, (_, at) => {
          const text = body(heat === 'cold' ? index * linesInABatch + at : 0)
          return `{"id":"${at}",${text.slice(1)}\n`
        })
        return postRequest('/validate/batch', lines.join(''), 'application/x-ndjson')
      }
    }
  }))
)

export const workloads: readonly Workload[] = [
  ...coldAndHot,
  ...variants,
  ...chains,
  ...ballast,
  ownBundle,
  ...invalidWorkloads,
  ...batches
]
