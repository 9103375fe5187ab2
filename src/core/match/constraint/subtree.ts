import { splitMailbox } from '../../decode/name/name-syntax.ts'
import type { GeneralName } from '../../model/name.ts'
import type { Comparable } from './constrained-name.ts'
import { DirectoryIndex } from './directory-index.ts'
import { DomainIndex } from './domain-index.ts'
import { NetworkIndex } from './network-index.ts'

/** A name that can be compared. */
export type ComparableName = Exclude<Comparable, { readonly type: 'incomparable' }>

/**
 * Subtrees of one list of constraints, RFC 5280 §4.2.1.10, indexed so that a name is found without comparing it with each.
 * Bases of types without rules are counted and match nothing.
 */
export class SubtreeIndex {
  readonly #dns = new DomainIndex()
  readonly #uris = new DomainIndex()
  readonly #mailHosts = new DomainIndex()
  readonly #mailboxes = new Map<string, GeneralName>()
  readonly #networks = new NetworkIndex()
  readonly #directories = new DirectoryIndex()
  readonly #byType: ReadonlyMap<GeneralName['type'], readonly GeneralName[]>

  constructor(bases: readonly GeneralName[]) {
    this.#byType = Map.groupBy(bases, ({ type }) => type)
    for (const base of bases) this.#add(base)
  }

  /** The constraints on names of a type, in their order. */
  ofType(type: GeneralName['type']): readonly GeneralName[] {
    return this.#byType.get(type) ?? []
  }

  /** A subtree that a name lies within; a wildcard only where all that it stands for does. */
  holding(name: ComparableName): GeneralName | undefined {
    switch (name.type) {
      case 'dns':
        return this.#dns.holding(name.value)
      case 'uri':
        return this.#uris.holding(name.host)
      case 'email':
        return this.#mailboxes.get(mailboxKey(name.local, name.host)) ?? this.#mailHosts.holding(name.host)
      case 'ip':
        return this.#networks.holding(name.value)
      case 'directory':
        return this.#directories.holding(name.rdnKeys)
    }
  }

  /** A subtree that holds a name, or anything that a wildcard stands for. */
  meeting(name: ComparableName): GeneralName | undefined {
    return name.type === 'dns' ? this.#dns.meeting(name.value) : this.holding(name)
  }

  #add(base: GeneralName): void {
    switch (base.type) {
      case 'dns':
        // "Any DNS name that can be constructed by simply adding zero or more labels to the left-hand side". A leading
        // dot is not in the RFC, but in use: it asks for at least one label.
        if (base.value.startsWith('.')) this.#dns.addBelow(base.value.slice(1).toLowerCase(), base)
        else this.#dns.addWithin(base.value.toLowerCase(), base)
        break
      case 'uri':
        addHostOrDomain(this.#uris, base.value.toLowerCase(), base)
        break
      case 'email':
        this.#addMail(base)
        break
      case 'ip':
        this.#networks.add(base.value, base)
        break
      case 'directory':
        this.#directories.add(base.value.rdnKeys, base)
        break
      default:
        break
    }
  }

  /** A mailbox, all mailboxes of a host, or those of all hosts below a domain. */
  #addMail(base: Extract<GeneralName, { type: 'email' }>): void {
    const mailbox = splitMailbox(base.value)
    if (mailbox === undefined) addHostOrDomain(this.#mailHosts, base.value.toLowerCase(), base)
    else this.#mailboxes.set(mailboxKey(mailbox.local, mailbox.host.toLowerCase()), base)
  }
}

/** For email and URIs a host is that host alone, and a leading dot stands for what lies below a domain. */
const addHostOrDomain = (index: DomainIndex, text: string, base: GeneralName): void => {
  if (text === '') index.addWithin(text, base)
  else if (text.startsWith('.')) index.addBelow(text.slice(1), base)
  else index.addHost(text, base)
}

/** A host has no `@`, so the last one tells the parts apart. */
const mailboxKey = (local: string, host: string): string => `${local}@${host}`
