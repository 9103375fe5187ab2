import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { type Figure, figureOfVidimus } from './figures.ts'
import { cpuOfRequests } from './measure.ts'
import type { Options } from './options.ts'
import { withoutSignatures } from './peers/catalogue.ts'
import { startServer } from './peers/server.ts'
import type { LeafSupply } from './pki/leaves.ts'
import { rootsFile } from './pki/roots.ts'
import { spreadOf } from './statistics.ts'
import { cold } from './workloads/bodies.ts'
import { damaged } from './workloads/invalid.ts'
import { valid } from './workloads/workload.ts'

/** Rounds before those that count. */
const warmUpRounds = 10
/** Octets that are signed: about as many as a certificate has. */
const signedOctets = 1_000

/**
 * What a cold request costs beside its one signature: that of the end-entity certificate under a key that is known. A service is asked
 * that leaves signatures out, for where one takes a millisecond, the difference to the service as it is would tell of the machine's
 * moods alone. The signatures that it is sent are damaged: an answer of which any was verified would end the run.
 */
export const aboveSignatureFigures = async (options: Options, supply: LeafSupply): Promise<readonly Figure[]> => {
  const server = await startServer(withoutSignatures().command(rootsFile(150)))
  const { rounds, requests: aRound } = options
  try {
    const figures: Figure[] = []
    for (const [family, verifyOnce] of Object.entries(bareSignatures())) {
      const requests = await cold({ issuer: `${family}-ca`, alter: damaged })((warmUpRounds + rounds) * aRound, supply)
      const above: number[] = []
      for (let round = 0; round < warmUpRounds + rounds; round++) {
        const from = round * aRound
        const used = await cpuOfRequests(server, { requests, from, to: from + aRound, expects: valid })
        if (round >= warmUpRounds) above.push(used)
      }
      // Afterwards, for a service that had nothing to do for a second in every round would be slower in each.
      const bare = Array.from({ length: rounds }, () => cpuOfOne(verifyOnce, aRound))
      const title = family.toUpperCase()
      const bareTitle = `${title}: the bare signature, verified by node:crypto`
      figures.push(
        figureOfVidimus(`above-signature-${family}-bare`, bareTitle, 'µs', spreadOf(bare)),
        figureOfVidimus(
          `above-signature-${family}`,
          `${title}, cold: CPU a request beside the signature`,
          'µs',
          spreadOf(above)
        )
      )
    }
    return figures
  } finally {
    await server.stop()
  }
}

/** Verifies one signature as an intermediate of each family makes it. */
const bareSignatures = (): Readonly<Record<string, () => void>> => ({
  rsa: verifying('sha256', generateKeyPairSync('rsa', { modulusLength: 2_048 })),
  ec: verifying('sha384', generateKeyPairSync('ec', { namedCurve: 'P-384' })),
  ed25519: verifying(null, generateKeyPairSync('ed25519'))
})

const verifying = (
  hash: string | null,
  { privateKey, publicKey }: { readonly privateKey: KeyObject; readonly publicKey: KeyObject }
): (() => void) => {
  const signed = Buffer.alloc(signedOctets, 0x30)
  const signature = sign(hash, signed, privateKey)
  return () => {
    if (!verify(hash, signed, publicKey, signature)) throw new Error('A sound signature does not verify')
  }
}

/** Microseconds of CPU. */
const cpuOfOne = (run: () => void, times: number): number => {
  const before = process.cpuUsage()
  for (let time = 0; time < times; time++) run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / times
}
