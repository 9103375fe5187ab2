import type { Name } from '../../model/name.ts'
import { attempt, type Decoded, DerReader, derOf, Malformed, tags } from '../der/der.ts'
import { encode, encodeOid } from '../der/encode.ts'
import { readName } from './name.ts'
import { oidByShortName } from './name-text.ts'

/**
 * Reads the RFC 4514 text of a distinguished name, which names its last RDN first. Values become UTF8Strings, which
 * compare with other string types by RFC 5280 §7.1; those of the form `#hex` are taken as they are.
 */
export const parseDistinguishedName = (text: string): Decoded<Name> =>
  attempt(() => {
    const rdns = text === '' ? [] : new Parser(text).rdns()
    const name = readName(encode(tags.sequence, ...rdns.toReversed()))
    if (name.malformed !== undefined) throw new Malformed(name.malformed)
    return name
  })

const keyword = /[A-Za-z][A-Za-z0-9-]*/y
const dotted = /(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))+/y
const hexString = /#((?:[0-9A-Fa-f]{2})+)/y
/** Characters that stand for themselves, and escaped pairs. */
const plainRun = /[^\0\\",+;<>]+/y
const pair = /\\(?:([0-9A-Fa-f]{2})|([ "#+,;<=>\\]))/y

class Parser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  rdns(): readonly Uint8Array[] {
    const rdns = [this.#rdn()]
    while (this.#take(',')) rdns.push(this.#rdn())
    if (this.#at < this.#text.length) this.#fail('has an unescaped special character')
    return rdns
  }

  #rdn(): Uint8Array {
    const attributes = [this.#attribute()]
    while (this.#take('+')) attributes.push(this.#attribute())
    return encode(tags.set, ...attributes)
  }

  #attribute(): Uint8Array {
    const type = this.#type()
    if (!this.#take('=')) this.#fail('has an attribute type without an equals sign after it')
    return encode(tags.sequence, type, this.#hexValue() ?? encode(tags.utf8String, this.#value()))
  }

  #type(): Uint8Array {
    const start = this.#at
    const oid = this.#match(dotted)?.[0] ?? oidByShortName(this.#match(keyword)?.[0] ?? '')
    const element = oid === undefined ? undefined : encodeOid(oid)
    if (element !== undefined) return element
    this.#at = start
    return this.#fail('has no known attribute type (CN, O, OU, C, … or an OID)')
  }

  #hexValue(): Uint8Array | undefined {
    const digits = this.#match(hexString)?.[1]
    if (digits === undefined) return undefined
    const reader = new DerReader(Buffer.from(digits, 'hex'), 'a value in hexadecimal')
    const element = reader.element()
    reader.finish()
    return derOf(element)
  }

  #value(): Uint8Array {
    if (this.#text[this.#at] === ' ' || this.#text[this.#at] === '#')
      this.#fail('has a value that starts with a space or number sign')
    const parts: Uint8Array[] = []
    let endsInSpace = false
    for (;;) {
      const run = this.#match(plainRun)?.[0]
      if (run !== undefined) parts.push(Buffer.from(run, 'utf8'))
      const escaped = run === undefined ? this.#match(pair) : null
      if (escaped !== null)
        parts.push(escaped[1] === undefined ? Buffer.from(escaped[2] ?? '') : Buffer.from(escaped[1], 'hex'))
      if (run === undefined && escaped === null) break
      endsInSpace = run?.endsWith(' ') ?? false
    }
    if (endsInSpace) this.#fail('has a value that ends in an unescaped space')
    return Buffer.concat(parts)
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match !== null) this.#at = pattern.lastIndex
    return match
  }

  #fail(problem: string): never {
    throw new Malformed(`the name ${problem} (at character ${this.#at + 1})`)
  }
}
