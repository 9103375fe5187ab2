import { getCACertificates } from 'node:tls'
import { issue, pemOf } from '../../test/support/authority.ts'
import { authority } from './authorities.ts'
import { cachedFile } from './cache.ts'

const ownRoots = ['rsa-root', 'ec-root', 'ed25519-root']

/**
 * A file of `count` CA certificates: those of the benchmark, the public ones that Node.js brings, and as many others as
 * are needed. The benchmark's own stand in the middle.
 */
export const rootsFile = (count: number): string =>
  cachedFile(`roots-${count}.pem`, () => {
    const own = ownRoots.map((name) => authority(name).pem)
    const others = getCACertificates('bundled').slice(0, count - own.length)
    while (others.length + own.length < count) others.push(pemOf(otherRoot(others.length)))
    return others.toSpliced(others.length >> 1, 0, ...own).join('\n')
  })

const otherRoot = (number: number): Uint8Array => issue({ subject: `Bench other root ${number}` }).der
