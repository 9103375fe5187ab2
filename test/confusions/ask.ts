import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Confusion } from './cases.ts'

/** What a tool says of a chain. */
export interface Said {
  readonly accepts: boolean
  /** In its own words. */
  readonly words: string
}

export interface Answers {
  readonly openssl: Said
  readonly go: Said
  readonly python: Said
  readonly vidimus: Said
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const main = here('../../dist/main.js')

interface Ran {
  readonly status: number | null
  readonly text: string
}

const run = (command: string, args: readonly string[]): Ran => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 120_000 })
  if (error !== undefined) throw error
  return { status, text: `${stdout}${stderr}`.trim() }
}

/** The versions of the tools, as they call themselves. */
export const versions = (): Readonly<Record<'openssl' | 'go' | 'python', string>> => ({
  openssl: run('openssl', ['version']).text.split(' ').slice(0, 2).join(' '),
  go: `Go ${/go(\d[\d.]*)/.exec(run('go', ['version']).text)?.[1] ?? 'of an unknown version'}`,
  python: run('python3', [
    '-c',
    'import ssl, sys; print("Python", sys.version.split()[0], "with", " ".join(ssl.OPENSSL_VERSION.split()[:2]))'
  ]).text
})

/** Asks all four about each chain. Builds the program in Go first, and leaves nothing behind. */
export const askAll = (confusions: readonly Confusion[]): readonly Answers[] => {
  const folder = mkdtempSync(join(tmpdir(), 'vidimus-confusions-'))
  try {
    const goProgram = join(folder, 'verify')
    const built = run('go', ['build', '-o', goProgram, here('verify.go')])
    if (built.status !== 0) throw new Error(`go build failed: ${built.text}`)
    return confusions.map((confusion) => ask(confusion, folder, goProgram))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const ask = ({ chain, key, trusted, name }: Confusion, folder: string, goProgram: string): Answers => {
  const save = (file: string, text: string): string => {
    writeFileSync(join(folder, file), text)
    return join(folder, file)
  }
  const pem = chain.map((each) => each.pem).join('')
  const chainFile = save('chain.pem', pem)
  const keyPem = String(key.key.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const keyFile = save('key.pem', keyPem)
  const caFile = save('ca.pem', trusted.map((each) => each.pem).join(''))
  const arguments_ = [chainFile, keyFile, caFile, name]
  return {
    openssl: openssl(chainFile, caFile, name),
    go: plain(run(goProgram, arguments_), folder),
    python: plain(run('python3', [here('handshake.py'), ...arguments_]), folder),
    vidimus: vidimus(save('combined.pem', keyPem + pem), caFile, name)
  }
}

/** Words of a program of ours: those of the tool, without the paths of files. */
const plain = ({ status, text }: Ran, folder: string): Said => {
  if (status !== 0 && status !== 1) throw new Error(text)
  return { accepts: status === 0, words: text.replaceAll(`${folder}/`, '') }
}

const openssl = (chainFile: string, caFile: string, name: string): Said => {
  const wanted = isIP(name) === 0 ? '-verify_hostname' : '-verify_ip'
  const { status, text } = run('openssl', [
    ...['verify', '-CAfile', caFile, '-untrusted', chainFile],
    ...['-purpose', 'sslserver', wanted, name, chainFile]
  ])
  const errors = [...text.matchAll(/^error (\d+) at (\d+) depth lookup: (.*)$/gm)]
  return {
    accepts: status === 0,
    words:
      status === 0
        ? 'OK'
        : errors.map(([, number, depth, words]) => `error ${number} at depth ${depth}: ${words}`).join('; ')
  }
}

interface Verdict {
  readonly valid: boolean
  readonly errors: readonly { readonly code: string; readonly certificate: number | null }[]
  readonly privateKey?: { readonly matches: boolean | null }
}

const vidimus = (file: string, caFile: string, name: string): Said => {
  const args = ['validate', file, '--ca-file', caFile, '--hostname', name, '--purpose', 'serverAuth', '--json']
  const verdict: Verdict = JSON.parse(run(process.execPath, [main, ...args]).text)
  const words = [
    ...(verdict.valid ? ['valid'] : []),
    ...verdict.errors.map(({ code, certificate }) => `${code}${certificate === null ? '' : ` at ${certificate}`}`),
    ...(verdict.privateKey?.matches === true ? [] : ['privateKey.matches: false'])
  ]
  return { accepts: verdict.valid, words: words.join('; ') }
}
