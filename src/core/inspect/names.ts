import { hex } from '../decode/der/primitives.ts'
import { generalNameText } from '../match/name/general-name-text.ts'
import { mailboxText } from '../match/name/mailbox.ts'
import type { Json } from '../model/code-row.ts'
import type { NameItem } from '../model/description.ts'
import type { GeneralName } from '../model/name.ts'

/**
 * A name, or a constraint on names, as JSON. What IA5Strings hold is printable ASCII (the reader refuses all else), and is given
 * whole; text of other types has been escaped.
 */
export const nameItem = (name: GeneralName): NameItem => {
  switch (name.type) {
    case 'dns':
    case 'email':
    case 'uri':
    case 'registeredId':
      return { type: name.type, value: name.value }
    case 'ip':
    case 'directory':
      return { type: name.type, value: generalNameText(name) }
    case 'other':
      return mailboxText(name) === undefined
        ? { type: name.type, value: hex(name.value), oid: name.oid }
        : { type: 'email', value: generalNameText(name), oid: name.oid }
    default:
      return { type: name.type, value: hex(name.value) }
  }
}

/** The same as a value of JSON. */
export const nameJson = (name: GeneralName): Json => ({ ...nameItem(name) })

export const namesJson = (names: readonly GeneralName[]): Json => names.map(nameJson)
