import type { OwnCase } from './case.ts'
import { floods, tinies } from './floods.ts'
import { largeKeys } from './keys.ts'
import { lattices, meshes, roots } from './meshes.ts'
import { nameConstraints, names } from './names.ts'
import { messages, nestings } from './nestings.ts'
import { policyGraphs } from './policies.ts'
import { crls, ocsp } from './revocation.ts'
import { texts } from './texts.ts'

/** Every case of our own. */
export const ownCases: readonly OwnCase[] = [
  ...meshes,
  ...lattices,
  ...roots,
  ...nameConstraints,
  ...names,
  ...policyGraphs,
  ...crls,
  ...ocsp,
  ...largeKeys,
  ...nestings,
  ...messages,
  ...floods,
  ...tinies,
  ...texts
]
