import type { Attribute, Name } from '../../model/name.ts'
import { attempt, contentOf, DerReader, type Element, Malformed, tags, within } from '../der/der.ts'
import { hex, readOid } from '../der/primitives.ts'
import { nameText } from './name-text.ts'
import { attributeKey, decodeText } from './string-preparation.ts'

/**
 * Reads a distinguished name (RFC 5280 §4.1.2.4). It never fails: a name that cannot be read says why in `malformed`.
 */
export const readName = (der: Uint8Array): Name => new DerName(der)

type Rdns = readonly (readonly Attribute[])[]

class DerName implements Name {
  readonly der: Uint8Array
  #reading: { readonly rdns: Rdns; readonly malformed: string | undefined } | undefined
  #rdnKeys: readonly string[] | undefined
  #key: string | undefined
  #text: string | undefined

  constructor(der: Uint8Array) {
    this.der = der
  }

  get rdns(): Rdns {
    return this.#read.rdns
  }

  get malformed(): string | undefined {
    return this.#read.malformed
  }

  get isEmpty(): boolean {
    return this.rdns.length === 0
  }

  get rdnKeys(): readonly string[] {
    this.#rdnKeys ??= this.rdns.map((rdn) => rdn.map(attributeKey).sort().join('+'))
    return this.#rdnKeys
  }

  get key(): string {
    this.#key ??= this.malformed === undefined ? this.rdnKeys.join(',') : `malformed:${hex(this.der)}`
    return this.#key
  }

  get text(): string {
    this.#text ??= nameText(this.rdns)
    return this.#text
  }

  get #read(): { readonly rdns: Rdns; readonly malformed: string | undefined } {
    if (this.#reading === undefined) {
      const decoded = attempt(() => readRdns(this.der))
      this.#reading = decoded.ok
        ? { rdns: decoded.value, malformed: undefined }
        : { rdns: [], malformed: decoded.reason }
    }
    return this.#reading
  }
}

/** The ASN.1 of a name has three levels; what an attribute's value holds is not looked into. */
const readRdns = (der: Uint8Array): Rdns => {
  const outer = new DerReader(der, 'the name')
  const sets = outer.sequence('the name')
  outer.finish()
  const rdns: (readonly Attribute[])[] = []
  while (!sets.done) rdns.push(readRdn(sets.expect(tags.set, 'RelativeDistinguishedName')))
  return rdns
}

const readRdn = (element: Element): readonly Attribute[] => {
  const reader = within(element, 'the RelativeDistinguishedName')
  if (reader.done) throw new Malformed('a RelativeDistinguishedName is empty')
  const attributes: Attribute[] = []
  while (!reader.done) {
    const fields = reader.sequence('AttributeTypeAndValue')
    const type = readOid(fields.expect(tags.oid, 'type'), 'type')
    const element = fields.element()
    fields.finish()
    // Only the identifier's first octet is kept; string types have no other.
    if ((element.tag & 0x1f) === 0x1f) throw new Malformed('an attribute value has a tag number above 30')
    const value = contentOf(element)
    attributes.push({ type, tag: element.tag, value, text: decodeText(element.tag, value) })
  }
  return attributes
}
