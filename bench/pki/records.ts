/** Certificates in a file: each with its length before it, in four octets. */

export const joinRecords = (records: readonly Uint8Array[]): Buffer =>
  Buffer.concat(
    records.flatMap((record) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(record.length)
      return [length, record]
    })
  )

export const splitRecords = (octets: Buffer): readonly Buffer[] => {
  const records: Buffer[] = []
  for (let at = 0; at < octets.length; ) {
    const end = at + 4 + octets.readUInt32BE(at)
    records.push(octets.subarray(at + 4, end))
    at = end
  }
  return records
}
