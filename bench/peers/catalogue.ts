import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cachePath } from '../pki/cache.ts'
import type { Command } from './server.ts'

/** Who is measured: vidimus first, then what it is compared with. */
export const peerNames = ['vidimus', 'go', 'rust', 'pkijs', 'echo'] as const

export type PeerName = (typeof peerNames)[number]

export const peerTitles: Readonly<Record<PeerName, string>> = {
  vidimus: 'vidimus',
  go: 'Go (net/http, crypto/x509)',
  rust: 'Rust (rustls-webpki, aws-lc)',
  pkijs: 'Fastify, PKI.js',
  echo: 'Fastify, echo'
}

export interface Peer {
  readonly name: PeerName
  /** How to start it with the trust anchors of a file. */
  command(roots: string): Command
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const node = (name: PeerName, script: string, environment: Readonly<Record<string, string>> = {}): Peer => ({
  name,
  command: (roots) => ({
    file: process.execPath,
    parameters: [script],
    environment: { NODE_ENV: 'production', CA_FILES: roots, ...environment }
  })
})

const compiled = (name: PeerName, file: string): Peer => ({
  name,
  command: (roots) => ({ file, parameters: [], environment: { CA_FILES: roots } })
})

/** The service as it is shipped, with its defaults but for its log: no peer writes a line for each request. */
export const vidimus = (environment: Readonly<Record<string, string>> = {}): Peer =>
  node('vidimus', here('../../dist/main.js'), { LOG_LEVEL: 'warn', DATA_DIR: cachePath('data'), ...environment })

/** The same, in which every signature verifies at once: what is left of a request's cost is its own. */
export const withoutSignatures = (): Peer =>
  vidimus({ NODE_OPTIONS: `--import=${new URL('signatures-left-out.ts', import.meta.url).href}` })

/** Those that can run here. What cannot is told on standard error, with the reason. */
export const availablePeers = (): readonly Peer[] => [
  vidimus(),
  ...built('go', cachePath('go-peer'), goPeer()),
  ...built('rust', cachePath('rust/release/rust-peer'), [
    'cargo',
    ['build', '--release', '--quiet', '--manifest-path', here('../rust/Cargo.toml'), '--target-dir', cachePath('rust')]
  ]),
  node('pkijs', here('pkijs.ts')),
  node('echo', here('echo.ts'))
]

type Build = readonly [file: string, parameters: readonly string[]]

const goPeer = (): Build => ['go', ['build', '-C', here('../go'), '-o', cachePath('go-peer'), '.']]

const built = (name: 'go' | 'rust', program: string, [file, parameters]: Build): readonly Peer[] => {
  const { error, status } = spawnSync(file, parameters, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (error === undefined && status === 0) return [compiled(name, program)]
  process.stderr.write(`Without the peer in ${name}: ${error?.message ?? `${file} could not build it`}\n`)
  return []
}
