import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Issued } from './authority.ts'

/** `openssl s_server` as a process, on a port of its own of 127.0.0.1. */
export interface SServer {
  readonly port: number
  close(): Promise<void>
}

export interface SServerSpec {
  readonly endEntity: Issued
  /** Sent after it, in that order. */
  readonly others?: readonly Issued[]
  /** DER, stapled. */
  readonly ocspResponse?: Uint8Array
  /** Further parameters, as `-tls1_2`. */
  readonly parameters?: readonly string[]
}

export const sServer = async (spec: SServerSpec): Promise<SServer> => {
  const { endEntity, others = [], ocspResponse, parameters = [] } = spec
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-s-server-'))
  writeFileSync(join(folder, 'cert.pem'), endEntity.pem)
  writeFileSync(join(folder, 'key.pem'), endEntity.key.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(join(folder, 'others.pem'), others.map(({ pem }) => pem).join(''))
  if (ocspResponse !== undefined) writeFileSync(join(folder, 'staple.der'), ocspResponse)
  const all = [
    ...['s_server', '-accept', '127.0.0.1:0', '-www', '-cert', 'cert.pem', '-key', 'key.pem'],
    ...(others.length === 0 ? [] : ['-cert_chain', 'others.pem']),
    ...(ocspResponse === undefined ? [] : ['-status_file', 'staple.der']),
    ...parameters
  ]
  const child = spawn('openssl', all, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const hear = (chunk: Buffer): void => {
    said += chunk.toString()
    const port = /^ACCEPT .*:(\d+)$/m.exec(said)?.[1]
    if (port !== undefined) resolve(Number(port))
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  child.once('exit', () => reject(new Error(`openssl s_server ended: ${said}`)))
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    rmSync(folder, { recursive: true })
  }
  return { port: await promise, close }
}
