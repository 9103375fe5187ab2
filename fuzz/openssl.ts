import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pemOf } from '../test/support/authority.ts'

/** What OpenSSL says of a chain: the numbers of its errors, none where it is good; -1 where it cannot read the certificate. */
export type Opinion = readonly number[]

export const unread: Opinion = [-1]

export interface Chain {
  readonly leaf: Uint8Array
  readonly issuing: Uint8Array
}

/** Asks `openssl verify` for its opinion of many chains under one root, in one process. */
export const askOpenssl = (anchor: Uint8Array, chains: readonly Chain[], time: number): readonly Opinion[] => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-fuzz-'))
  try {
    writeFileSync(join(folder, 'root.pem'), pemOf(anchor))
    writeFileSync(join(folder, 'issuing.pem'), chains.map(({ issuing }) => pemOf(issuing)).join(''))
    const files = chains.map(({ leaf }, at) => {
      writeFileSync(join(folder, `${at}.pem`), pemOf(leaf))
      return `${at}.pem`
    })
    const options = [
      '-no-CApath',
      '-no-CAstore',
      '-policy_check',
      '-policy',
      '2.5.29.32.0',
      '-auth_level',
      '2',
      '-attime',
      String(time),
      '-CAfile',
      'root.pem'
    ]
    const { stdout, stderr, error } = spawnSync(
      'openssl',
      ['verify', ...options, '-untrusted', 'issuing.pem', ...files],
      {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
        timeout: 60_000
      }
    )
    if (error !== undefined) throw error
    const good = new Set(stdout.split('\n'))
    const failed = opinionsOf(stderr)
    return files.map((file) => (good.has(`${file}: OK`) ? [] : (failed.get(file) ?? unread)))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Errors come before the line that names the file they are of. */
const opinionsOf = (output: string): ReadonlyMap<string, Opinion> => {
  const opinions = new Map<string, Opinion>()
  let numbers: number[] = []
  for (const line of output.split('\n')) {
    const number = /^error (\d+) at \d+ depth lookup/.exec(line)?.[1]
    if (number !== undefined) numbers.push(Number(number))
    const file = /^error (\d+\.pem): verification failed/.exec(line)?.[1]
    if (file === undefined) continue
    opinions.set(file, numbers.length === 0 ? unread : numbers)
    numbers = []
  }
  return opinions
}
