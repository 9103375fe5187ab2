/** One attribute of a relative distinguished name. */
export interface Attribute {
  /** Dotted OID of the attribute's type. */
  readonly type: string
  /** ASN.1 tag of the value, as 0x13 for PrintableString. */
  readonly tag: number
  /** The value's content octets as they came. */
  readonly value: Uint8Array
  /** The value as text where its type is a string that can be decoded, else undefined. */
  readonly text: string | undefined
}

/** An X.501 distinguished name, read lazily from its DER. */
export interface Name {
  /** The RDNSequence as it came, header included. */
  readonly der: Uint8Array
  readonly isEmpty: boolean
  readonly rdns: readonly (readonly Attribute[])[]
  /**
   * A canonical key for each relative distinguished name, by RFC 5280 §7.1. Two names are equal if and only if
   * their keys are; a name lies within a directoryName subtree if the subtree's keys are the first of its own.
   */
  readonly rdnKeys: readonly string[]
  /** The keys joined: the name as a map key. */
  readonly key: string
  /** RFC 4514, with control, bidirectional and zero-width characters escaped. */
  readonly text: string
  /** Why the name could not be read, or undefined. Its `rdns` are empty then, and its key is its octets. */
  readonly malformed: string | undefined
}

/** RFC 5280 §4.2.1.6 */
export type GeneralName =
  | { readonly type: 'dns'; readonly value: string }
  | { readonly type: 'email'; readonly value: string }
  | { readonly type: 'uri'; readonly value: string }
  /** 4 or 16 octets in a name; 8 or 32 (address and mask) in a name constraint. Lengths are checked by the reader. */
  | { readonly type: 'ip'; readonly value: Uint8Array }
  | { readonly type: 'directory'; readonly value: Name }
  /** `SmtpUTF8Mailbox` (RFC 9598) has OID 1.3.6.1.5.5.7.8.9 here; `value` is the DER within the explicit tag. */
  | { readonly type: 'other'; readonly oid: string; readonly value: Uint8Array }
  /** `unknown` for a tag that no type has: it names nothing that is understood, and matches nothing. */
  | { readonly type: 'x400' | 'ediParty' | 'unknown'; readonly value: Uint8Array }
  | { readonly type: 'registeredId'; readonly value: string }

/** RFC 5280 §4.2.1.10, `minimum` and `maximum` refused by the reader unless 0 and absent. */
export interface Subtrees {
  readonly permitted: readonly GeneralName[]
  readonly excluded: readonly GeneralName[]
}
