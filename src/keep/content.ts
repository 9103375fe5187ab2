import { createHash } from 'node:crypto'
import type { StoreContent } from '../trust/keeping.ts'

/**
 * The one encoding of what a store holds: the number of the format, then the certificates, the CRLs and the constraints,
 * each a list that begins with its count, each item of it with its length; all numbers of four octets, the highest first.
 */
const format = 1

export const encodeContent = ({ certificates, crls, constraints }: StoreContent): Uint8Array => {
  const given = constraints === undefined ? [] : [Buffer.from(constraints, 'utf8')]
  const lists = [certificates, crls, given]
  return Buffer.concat([
    number(format),
    ...lists.flatMap((list) => [number(list.length), ...list.flatMap((item) => [number(item.length), item])])
  ])
}

const number = (value: number): Uint8Array => {
  const octets = Buffer.alloc(4)
  octets.writeUInt32BE(value)
  return octets
}

/** Lower-case hex SHA-256 of the encoding. */
export const checksumOf = (encoded: Uint8Array): string => createHash('sha256').update(encoded).digest('hex')

/** Undefined where it is not what `encodeContent` writes. */
export const decodeContent = (encoded: Uint8Array): StoreContent | undefined => {
  const reader = new Reader(encoded)
  if (reader.number() !== format) return undefined
  const [certificates, crls, given] = [reader.list(), reader.list(), reader.list()]
  if (certificates === undefined || crls === undefined || given === undefined) return undefined
  const [constraints] = given
  if (given.length > 1 || !reader.atEnd) return undefined
  return {
    certificates,
    crls,
    constraints: constraints === undefined ? undefined : Buffer.from(constraints).toString('utf8')
  }
}

class Reader {
  readonly #octets: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(octets: Uint8Array) {
    this.#octets = octets
    this.#view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  }

  get atEnd(): boolean {
    return this.#at === this.#octets.length
  }

  number(): number | undefined {
    if (this.#octets.length - this.#at < 4) return undefined
    this.#at += 4
    return this.#view.getUint32(this.#at - 4)
  }

  /** Each item takes four octets at least, so a count that lies ends the loop early. */
  list(): readonly Uint8Array[] | undefined {
    const count = this.number()
    if (count === undefined) return undefined
    const items: Uint8Array[] = []
    while (items.length < count) {
      const length = this.number()
      if (length === undefined || length > this.#octets.length - this.#at) return undefined
      items.push(this.#octets.subarray(this.#at, this.#at + length))
      this.#at += length
    }
    return items
  }
}
