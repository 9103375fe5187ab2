import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Issued, pemOf } from './authority.ts'
import { freePort } from './free-port.ts'

/** What a responder's index says of a certificate. */
export interface IndexEntry {
  readonly serialNumber: bigint
  /** UTCTime digits; undefined for one that is valid. */
  readonly revokedAt?: string
  /** As OpenSSL names it: `keyCompromise`. */
  readonly reason?: string
}

export interface ResponderSpec {
  readonly issuer: Issued
  readonly signer: Issued
  readonly index: readonly IndexEntry[]
  /** Further parameters, as `-badsig`. */
  readonly parameters?: readonly string[]
}

/** `openssl ocsp` as a process that answers over HTTP. */
export interface Responder {
  readonly url: string
  close(): Promise<void>
}

const line = ({ serialNumber, revokedAt, reason }: IndexEntry): string => {
  const hex = serialNumber.toString(16).toUpperCase()
  const serial = hex.length % 2 === 0 ? hex : `0${hex}`
  const revocation = revokedAt === undefined ? '' : `${revokedAt}Z${reason === undefined ? '' : `,${reason}`}`
  return [revokedAt === undefined ? 'V' : 'R', '350101000000Z', revocation, serial, 'unknown', '/CN=test'].join('\t')
}

export const opensslResponder = async (spec: ResponderSpec): Promise<Responder> => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-responder-'))
  const write = (name: string, contents: string): void => writeFileSync(join(folder, name), contents)
  const key = spec.signer.key.privateKey.export({ type: 'pkcs8', format: 'pem' })
  write('index.txt', spec.index.map((entry) => `${line(entry)}\n`).join(''))
  write('ca.pem', pemOf(spec.issuer.der))
  write('signer.pem', pemOf(spec.signer.der))
  write('signer.key', key.toString())
  const port = await freePort()
  const files = ['-index', 'index.txt', '-CA', 'ca.pem', '-rsigner', 'signer.pem', '-rkey', 'signer.key']
  const parameters = ['ocsp', '-port', String(port), ...files, '-nmin', '60', ...(spec.parameters ?? [])]
  const child = spawn('openssl', parameters, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  await listening(child)
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      rmSync(folder, { recursive: true })
    }
  }
}

/** It says so when it listens. A connection that asks nothing would show that as well, and leave it spinning. */
const listening = async (child: ChildProcess): Promise<void> => {
  let said = ''
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (/ACCEPT/.test(said)) resolve()
    })
  }
  child.once('exit', (status) => reject(new Error(`openssl ocsp ended with ${status}: ${said}`)))
  await promise
}
