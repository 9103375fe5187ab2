import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A private key in the forms in which people have it. */
export interface PlantedKey {
  readonly kind: string
  readonly pem: string
  readonly der: Uint8Array
}

const written = (kind: string, key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1', passphrase?: string): PlantedKey => {
  const hidden = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }
  const pem = key.export({ type, format: 'pem', ...hidden }).toString()
  const lines = pem.split('\n').filter((line) => !line.startsWith('-') && !line.includes(':'))
  return { kind, pem, der: Buffer.from(lines.join(''), 'base64') }
}

/** One key of each form: PKCS#8, PKCS#1, SEC 1 and encrypted. */
export const plantedKeys = (): readonly PlantedKey[] => {
  const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const ec = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
  return [
    written('PKCS#8 RSA', rsa(), 'pkcs8'),
    written('PKCS#8 EC', ec(), 'pkcs8'),
    written('PKCS#8 Ed25519', generateKeyPairSync('ed25519').privateKey, 'pkcs8'),
    written('PKCS#1', rsa(), 'pkcs1'),
    written('SEC 1', ec(), 'sec1'),
    written('encrypted', ec(), 'pkcs8', 'a passphrase')
  ]
}

/** Octets that a trace has at least: 40 characters of base64. The identifier of P-256, which is in public keys too, has 21. */
const octets = 30

/** Looks for what is left of keys in texts and files: base64 however its lines are broken, hex, and the octets themselves. */
export class KeyTraces {
  readonly #base64 = new Set<string>()
  readonly #hex = new Set<string>()
  readonly #raw = new Set<string>()

  constructor(keys: readonly PlantedKey[]) {
    for (const { der } of keys) {
      const text = Buffer.from(der).toString('base64').replace(/=+$/, '')
      for (let at = 0; at + 40 <= text.length; at += 1) this.#base64.add(text.slice(at, at + 40))
      for (let at = 0; at + octets <= der.length; at += 1) {
        const piece = Buffer.from(der.subarray(at, at + octets))
        this.#hex.add(piece.toString('hex'))
        this.#raw.add(piece.toString('latin1'))
      }
    }
  }

  /** The first trace of a key in some octets, or undefined. */
  in(data: string | Uint8Array): string | undefined {
    const text = typeof data === 'string' ? data : Buffer.from(data).toString('latin1')
    const plain = text.replaceAll('\\u002b', '+').replaceAll('%2B', '+').replaceAll('%2F', '/').replaceAll('~1', '/')
    const joined = plain.replaceAll(/\\[rn]|%0A|\\\/|[\s"|,]/gi, '')
    return (
      found(joined, /[A-Za-z0-9+/]{40,}/g, this.#base64) ??
      found(text, /[0-9a-f]{60,}/gi, this.#hex) ??
      (typeof data === 'string' ? undefined : found(text, /.+/gs, this.#raw))
    )
  }

  /** The same for all files of a folder, by their names. */
  inFolder(folder: string): readonly string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => this.in(readFileSync(path)) !== undefined)
  }
}

const found = (text: string, runs: RegExp, windows: ReadonlySet<string>): string | undefined => {
  const [one = ''] = windows
  for (const [run] of text.matchAll(runs)) {
    for (let at = 0; at + one.length <= run.length; at += 1) {
      const window = run.slice(at, at + one.length)
      if (windows.has(window)) return window
    }
  }
  return undefined
}
