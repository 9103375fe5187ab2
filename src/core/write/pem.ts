/** RFC 7468 §2: the strict form, lines of 64 characters, each ended by a line feed. */
export const pemBlock = (label: string, der: Uint8Array): string => {
  const base64 = Buffer.from(der.buffer, der.byteOffset, der.length).toString('base64')
  const lines = base64.match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

export const certificatesPem = (certificates: readonly Uint8Array[]): string =>
  certificates.map((der) => pemBlock('CERTIFICATE', der)).join('')
