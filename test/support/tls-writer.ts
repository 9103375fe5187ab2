/** Writes what a server says in a handshake, right or wrong: RFC 8446 §3, §4 and §5. */

export const number = (value: number, octets: number): Uint8Array => {
  const buffer = Buffer.alloc(octets)
  buffer.writeUIntBE(value, 0, octets)
  return buffer
}

/** A vector whose length is written in so many octets. */
export const vector = (octets: number, ...contents: readonly Uint8Array[]): Uint8Array => {
  const content = Buffer.concat(contents)
  return Buffer.concat([number(content.length, octets), content])
}

export const message = (type: number, body: Uint8Array): Uint8Array =>
  Buffer.concat([Uint8Array.of(type), vector(3, body)])

export const record = (type: number, fragment: Uint8Array): Uint8Array =>
  Buffer.concat([Uint8Array.of(type, 3, 3), vector(2, fragment)])

export const serverHello = (version: number, extensions?: Uint8Array): Uint8Array =>
  message(
    2,
    Buffer.concat([
      number(version, 2),
      Buffer.alloc(32, 7),
      vector(1),
      number(0xc02b, 2),
      Uint8Array.of(0),
      ...(extensions === undefined ? [] : [vector(2, extensions)])
    ])
  )

/** Data of an extension after its type. */
export const tlsExtension = (type: number, data: Uint8Array): Uint8Array =>
  Buffer.concat([number(type, 2), vector(2, data)])

export const certificateList = (...certificates: readonly Uint8Array[]): Uint8Array =>
  message(11, vector(3, ...certificates.map((der) => vector(3, der))))

/** Of TLS 1.3, without what stands before the list: each certificate with its extensions. */
export const certificateEntries = (
  ...entries: readonly { readonly der: Uint8Array; readonly extensions?: Uint8Array }[]
): Uint8Array =>
  Buffer.concat([
    vector(1),
    vector(3, ...entries.flatMap(({ der, extensions = new Uint8Array(0) }) => [vector(3, der), vector(2, extensions)]))
  ])

export const certificateStatus = (ocspResponse: Uint8Array, type = 1): Uint8Array =>
  Buffer.concat([Uint8Array.of(type), vector(3, ocspResponse)])
