import type { IssuersMemory } from '../model/memory.ts'
import type { ReadField } from '../model/read-field.ts'
import type { FieldFault } from './field-fault.ts'

/** Reads a text, or a part of one, as a chain of at most so many objects. */
type Read = (text: string, most: number) => ReadField | FieldFault

/**
 * Reads a chain as `read` does, but for what stands after its first certificate where that was read before: end entities are new with
 * every request, and those above them are the same again.
 *
 * Nothing behind the END line of a block has a part in how that block is read, and nothing before it in how the next one is: where the
 * text up to that line is one certificate, what follows is what it would be by itself.
 */
export const readChain = (text: string, most: number, read: Read, issuers: IssuersMemory): ReadField | FieldFault => {
  const end = endOfFirst(text)
  if (text.length - end < beginLine.length) return read(text, most)
  const rest = text.slice(end)
  const readFirst = (): ReadField | undefined => alone(read(text.slice(0, end), most))
  const known = issuers.get(rest)
  if (known !== undefined && known.length < most) {
    const first = readFirst()
    if (first !== undefined) {
      return { ...first, certificates: [...first.certificates, ...known], issuers: known, count: 1 + known.length }
    }
  }
  const whole = read(text, most)
  if (known === undefined && !('kind' in whole) && whole.certificates.length === whole.count) {
    const others = whole.certificates.slice(1)
    const keeps = issuers.takes(rest, others) && nothingButCertificates.test(rest) && readFirst() !== undefined
    if (keeps) issuers.set(rest, others)
  }
  return whole
}

const [beginLine, endLine] = ['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----']

/** One beyond the first END line of a certificate; the end of the text where there is none. */
const endOfFirst = (text: string): number => {
  const at = text.indexOf(endLine)
  return at < 0 ? text.length : at + endLine.length
}

/** Blocks and space between them: no words, of which nobody knows what they say. */
const nothingButCertificates = new RegExp(`^(?:\\s*${beginLine}[A-Za-z0-9+/=\\s]+${endLine})+\\s*$`)

/** One certificate and nothing else: a block that is labelled so may hold several, and a private key may stand before it. */
const alone = (field: ReadField | FieldFault): ReadField | undefined =>
  !('kind' in field) && field.count === 1 && field.certificates.length === 1 ? field : undefined
