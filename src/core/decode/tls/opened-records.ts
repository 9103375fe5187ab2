import { createDecipheriv, createHmac } from 'node:crypto'
import { contentTypes, type TlsRecord } from './records.ts'

interface Suite {
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305'
  readonly hash: 'sha256' | 'sha384'
  readonly keyLength: number
}

/** RFC 8446 §B.4, as Node.js calls them, but for those with CCM, which no client of Node.js offers. */
const suites: ReadonlyMap<number, Suite> = new Map([
  [0x1301, { cipher: 'aes-128-gcm', hash: 'sha256', keyLength: 16 }],
  [0x1302, { cipher: 'aes-256-gcm', hash: 'sha384', keyLength: 32 }],
  [0x1303, { cipher: 'chacha20-poly1305', hash: 'sha256', keyLength: 32 }]
])

const nonceLength = 12
const tagLength = 16

/**
 * What the server's sealed records hold of the handshake, one piece a record: RFC 8446 §5.2 and §5.3. `secret` is
 * server_handshake_traffic_secret (§7.1). It ends at the first record that this secret does not open: those after the handshake.
 */
export function* openedRecords(
  records: Iterable<TlsRecord>,
  cipherSuite: number,
  secret: Uint8Array
): Iterable<Uint8Array> {
  const suite = suites.get(cipherSuite)
  if (suite === undefined) return
  // §7.3
  const key = expandLabel(suite, secret, 'key', suite.keyLength)
  const iv = expandLabel(suite, secret, 'iv', nonceLength)
  let sequence = 0
  for (const record of records) {
    if (record.type !== contentTypes.applicationData) continue
    const opened = open(suite, key, nonceOf(iv, sequence++), record)
    if (opened === undefined) return
    if (opened.type === contentTypes.handshake) yield opened.content
  }
}

const open = (
  { cipher }: Suite,
  key: Uint8Array,
  nonce: Uint8Array,
  { header, fragment }: TlsRecord
): { readonly type: number; readonly content: Uint8Array } | undefined => {
  const sealed = fragment.subarray(0, -tagLength)
  // The types of Node.js have these ciphers apart, though they are called alike.
  const decipher =
    cipher === 'chacha20-poly1305'
      ? createDecipheriv(cipher, key, nonce, { authTagLength: tagLength })
      : createDecipheriv(cipher, key, nonce, { authTagLength: tagLength })
  try {
    decipher.setAAD(header, { plaintextLength: sealed.length }).setAuthTag(fragment.subarray(-tagLength))
    const inner = Buffer.concat([decipher.update(sealed), decipher.final()])
    // §5.4: zeros after the type are padding.
    const last = inner.findLastIndex((octet) => octet !== 0)
    return { type: inner[last] ?? 0, content: inner.subarray(0, Math.max(last, 0)) }
  } catch {
    return undefined
  }
}

/** §5.3: the number of the record, as long as the IV, XORed with it. */
const nonceOf = (iv: Uint8Array, sequence: number): Uint8Array => {
  const number = Buffer.alloc(nonceLength)
  number.writeUInt32BE(sequence, nonceLength - 4)
  return number.map((octet, at) => octet ^ (iv[at] ?? 0))
}

/** HKDF-Expand-Label of §7.1 without a context. No length here is above that of the hash, so that RFC 5869 §2.3 has one step. */
const expandLabel = ({ hash }: Suite, secret: Uint8Array, label: string, length: number): Uint8Array => {
  const name = Buffer.from(`tls13 ${label}`)
  const info = Buffer.concat([Uint8Array.of(0, length, name.length), name, Uint8Array.of(0, 1)])
  return createHmac(hash, secret).update(info).digest().subarray(0, length)
}
