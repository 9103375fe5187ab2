import { type Issued, type KeyPair, keyPair, pemOf } from '../../support/authority.ts'

/** What the service may answer: a verdict (`indeterminate` is one of `invalid`), a refusal of the request, or of its size. */
export type Allowed = 'valid' | 'invalid' | 'reject' | 'limit'

export interface Body {
  readonly contentType: string
  readonly octets: Uint8Array
}

/** A request that is meant to cost far more than its size. It is made when it is asked for, since some are megabytes. */
export interface OwnCase {
  readonly id: string
  readonly allowed: readonly Allowed[]
  readonly make: () => Body
  /** `/validate` unless it says otherwise. */
  readonly route?: '/inspect'
}

export const mebibyte = 1_048_576

/** The largest body that the service takes; what is larger gets 413 unread. */
export const largest = 8 * mebibyte

/** A body of JSON, valid at a time within the validity of what the tests issue. */
export const json = (request: object): Body => text(JSON.stringify({ time: '2026-01-15T00:00:00Z', ...request }))

/** JSON as it is to be sent, or what is nearly JSON. */
export const text = (octets: string): Body => ({ contentType: 'application/json', octets: Buffer.from(octets) })

export const plain = (octets: string): Body => ({ contentType: 'text/plain', octets: Buffer.from(octets) })

export const file = (contentType: string, octets: Uint8Array): Body => ({ contentType, octets })

export const pem = (certificates: readonly Issued[]): string => certificates.map((each) => each.pem).join('')

export const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')

const boundary = 'a-boundary-of-tests'

/** A form with files in octets, which may be larger than base64 in JSON allows. */
export const form = (parts: Readonly<Record<string, string | Uint8Array>>): Body => {
  const pieces = Object.entries(parts).flatMap(([name, value]) => [
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"`),
    Buffer.from(typeof value === 'string' ? '\r\n\r\n' : `; filename="${name}.der"\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n')
  ])
  const octets = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)])
  return { contentType: `multipart/form-data; boundary=${boundary}`, octets }
}

/** The numbers from 0 to `count` - 1, each made into something. */
export const times = <T>(count: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n))

export const pemText = (der: Uint8Array, label?: string): string => pemOf(der, label)

const keys: KeyPair[] = []

/** Key number `n`; the same key each time in one run. */
export const keyNumber = (n: number): KeyPair => {
  for (let at = keys.length; at <= n; at++) keys.push(keyPair())
  return keys[n] ?? keyPair()
}

/** The same, one after the other: more than a call can have arguments. */
export const joined = (count: number, make: (n: number) => Uint8Array): Uint8Array => Buffer.concat(times(count, make))
