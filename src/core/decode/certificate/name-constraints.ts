import type { GeneralName, Subtrees } from '../../model/name.ts'
import { printable } from '../../model/printable.ts'
import { context, contextConstructed, DerReader, type Element, Malformed, within } from '../der/der.ts'
import { readCount } from '../der/primitives.ts'
import { readGeneralName } from '../name/general-name.ts'
import { isDnsName, splitMailbox } from '../name/name-syntax.ts'
import { sequenceIn } from './extensions.ts'

/**
 * Reads the value of the extension nameConstraints: RFC 5280 §4.2.1.10. Throws `Malformed`.
 *
 * Bases that are no constraint of their type (as `*.example.com`) are refused here, since nothing can be said to lie
 * within them.
 */
export const readNameConstraints = (value: Uint8Array): Subtrees & { readonly encodesDefault: boolean } => {
  const fields = sequenceIn(new DerReader(value, 'nameConstraints'), 'NameConstraints')
  const permitted = fields.optional(contextConstructed(0))
  const excluded = fields.optional(contextConstructed(1))
  fields.finish()
  if (permitted === undefined && excluded === undefined) throw new Malformed('NameConstraints is empty')
  const one = permitted === undefined ? noSubtrees : readSubtrees(permitted, 'permittedSubtrees')
  const other = excluded === undefined ? noSubtrees : readSubtrees(excluded, 'excludedSubtrees')
  return {
    permitted: one.bases,
    excluded: other.bases,
    encodesDefault: one.encodesDefault || other.encodesDefault
  }
}

interface SubtreeList {
  readonly bases: readonly GeneralName[]
  /** Whether some minimum is encoded although it is 0, its default value. */
  readonly encodesDefault: boolean
}

const noSubtrees: SubtreeList = { bases: [], encodesDefault: false }

/** `GeneralSubtrees ::= SEQUENCE SIZE (1..MAX) OF GeneralSubtree` */
const readSubtrees = (element: Element, what: string): SubtreeList => {
  const list = within(element, what)
  if (list.done) throw new Malformed(`${what} is empty`)
  const bases: GeneralName[] = []
  let encodesDefault = false
  while (!list.done) {
    const subtree = list.sequence('GeneralSubtree')
    const base = readGeneralName(subtree.element(), what, 'constraint')
    const minimum = subtree.optional(context(0))
    if (minimum !== undefined && readCount(minimum, 'minimum') > 0) throw new Malformed(`${what} has a minimum`)
    encodesDefault ||= minimum !== undefined
    if (subtree.optional(context(1)) !== undefined) throw new Malformed(`${what} has a maximum`)
    subtree.finish()
    const problem = baseProblem(base)
    if (problem !== undefined) throw new Malformed(`${what}: ${problem}`)
    bases.push(base)
  }
  return { bases, encodesDefault }
}

/** Why a base is no constraint of its type; undefined for a sound one. */
export const baseProblem = (base: GeneralName): string | undefined => {
  switch (base.type) {
    case 'dns':
    case 'uri':
      return isDomain(base.value) ? undefined : `${printable(base.value)} is not a domain name`
    case 'email':
      return isMailDomain(base.value)
        ? undefined
        : `${printable(base.value)} is neither a mailbox nor a host nor a domain`
    case 'ip':
      return isContiguous(base.value.subarray(base.value.length / 2)) ? undefined : 'an address mask is not contiguous'
    default:
      return undefined
  }
}

/**
 * A host name, or a domain with a leading dot. The empty name is the root, below which all names lie; for DNS names
 * RFC 5280 says so by its rule, for others implementations agree on it.
 */
const isDomain = (text: string): boolean => {
  const domain = text.startsWith('.') ? text.slice(1) : text
  return domain === '' || isDnsName(domain)
}

const isMailDomain = (text: string): boolean => {
  if (!text.includes('@')) return isDomain(text)
  const mailbox = splitMailbox(text)
  return mailbox !== undefined && isDnsName(mailbox.host)
}

/** RFC 5280 §4.2.1.10 has addresses in the style of RFC 4632, whose masks are a row of ones and then zeros. */
const isContiguous = (mask: Uint8Array): boolean => {
  let ended = false
  for (const octet of mask) {
    if (ended && octet !== 0) return false
    // Ones and then zeros: the complement plus one is a power of two.
    const complement = ~octet & 0xff
    if ((complement & (complement + 1)) !== 0) return false
    ended ||= octet !== 0xff
  }
  return true
}
