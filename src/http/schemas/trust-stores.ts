import { type Static, Type } from 'typebox'
import type { AnchorView, ConstraintsView } from '../../service/trust-stores/anchor-view.ts'
import type {
  StoreChanges as CoreChanges,
  CertificateReference as CoreReference
} from '../../service/trust-stores/store-changes.ts'
import type { StoreSummary as CoreSummary, VersionView } from '../../service/trust-stores/store-views.ts'
import { CertificateDescription } from './description.ts'
import { exampleChange, exampleStore, exampleVersion } from './example-store.ts'
import { ProblemError } from './problem.ts'
import { enumOf, isoTime, nullable, ref, type SameShape } from './shapes.ts'

const digest = 'SHA-256 over the sorted fingerprints of the certificates, in lower-case hex'
const count = (description: string) => Type.Integer({ minimum: 0, description })

export const storeMembers = {
  name: Type.String(),
  version: nullable('The number of an upload, else what the source of the store says of its version.'),
  digest: Type.String({ description: `${digest}.` }),
  counts: Type.Object(
    { x509: count('Certificates.'), x509_ca: count('Those of CAs.'), crl: count('CRLs.') },
    { description: 'As Python’s SSLContext.cert_store_stats counts.' }
  ),
  origin: enumOf(['system', 'mozilla', 'file', 'directory', 'uploaded'], {
    description: 'Only an uploaded store is changed here; all others are of the configuration.'
  }),
  since: Type.String({ ...isoTime, description: 'When this version became the one that is served.' }),
  isDefault: Type.Boolean({ description: 'Whether requests are held to it that name no store.' })
}

export const TrustStore = Type.Object(storeMembers, {
  $id: 'TrustStore',
  description: 'A trust store as it is served now.',
  examples: [exampleStore]
})

export const TrustStoreList = Type.Object(
  { stores: Type.Array(ref(TrustStore)) },
  {
    $id: 'TrustStoreList',
    description: 'Every trust store, those of the configuration first.',
    examples: [{ stores: [exampleStore] }]
  }
)

const referenceMembers = {
  fingerprint: Type.String({ description: 'SHA-256 of the DER in lower-case hex.' }),
  subject: Type.String({ description: 'RFC 4514.' }),
  notAfter: nullable('RFC 3339; null where it cannot be read.')
}

export const CertificateReference = Type.Object(referenceMembers, {
  $id: 'CertificateReference',
  description: 'A certificate, as lists name it.'
})

const placeMembers = {
  pointer: Type.String({ description: 'JSON Pointer (RFC 6901) into the request.' }),
  line: Type.Optional(Type.Integer({ minimum: 1, description: 'The line of the block inside PEM text.' }))
}

const references = (description: string) => Type.Array(ref(CertificateReference), { description })
const beforeAndAfter = Type.Object(
  { before: nullable('Null where there was no store.'), after: nullable('Null where there is none afterwards.') },
  { description: `${digest}, before and after the change.` }
)

export const changesMembers = {
  digest: beforeAndAfter,
  added: references('Certificates that are new.'),
  removed: references('Certificates that are no longer there.'),
  unchanged: count('How many certificates stay.'),
  crls: Type.Object({ added: count('New.'), removed: count('No longer there.'), unchanged: count('Staying.') }),
  constrained: references('Certificates that stay, and are trusted for something else than before.'),
  expired: references('Certificates of the store afterwards that have expired.'),
  expiring: references('Those that expire within 30 days.'),
  notCa: references('Those that are not of CAs.'),
  weak: Type.Array(Type.Object({ ...referenceMembers, reason: Type.String() }), {
    description: 'Those whose key validations refuse at the security level of the service.'
  })
}

export const StoreChanges = Type.Object(changesMembers, {
  $id: 'StoreChanges',
  description: 'What a change does to a trust store, and what is worth a look in the store that comes of it.'
})

export const StoreVersion = Type.Object(
  {
    version: Type.String({ description: 'A number, counted from 1 for each name and never given twice.' }),
    at: Type.String({ ...isoTime, description: 'When the change was made.' }),
    by: Type.String({ description: 'The label of the token.' }),
    action: enumOf(['replace', 'add', 'restore', 'delete']),
    fromDigest: nullable('The digest before; null where there was no store.'),
    digest: nullable('The digest after; null where there is none.'),
    checksum: nullable('SHA-256 of the whole content in lower-case hex; null for a deletion.'),
    kept: Type.Boolean({ description: 'Whether the content can still be read and restored.' })
  },
  { $id: 'StoreVersion', description: 'A change of a trust store, as the audit has it.' }
)

const anchorMembers = {
  ...CertificateDescription.properties,
  constraints: Type.Unsafe<ConstraintsView | null>({
    type: ['object', 'null'],
    additionalProperties: true,
    description:
      'What the store says of it: distrustAfter, purposes and rejectedPurposes (OIDs), nameConstraints (a list of permitted and excluded names, all of which hold), policies. Null where it says nothing.'
  })
}

export const Anchor = Type.Object(anchorMembers, {
  $id: 'Anchor',
  description: 'What the certificate of a trust anchor says, and what the store says of it.'
})

const page = {
  offset: Type.Integer({ minimum: 0, description: 'Index of the first of anchors in the store.' }),
  next: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'offset of the next page; null for none.'
  }),
  anchors: Type.Array(ref(Anchor), { description: 'A page of the certificates, in the order of the store.' })
}

export const TrustStoreContents = Type.Object(
  { ...storeMembers, ...page },
  { $id: 'TrustStoreContents', description: 'A trust store and a page of its certificates.' }
)

const versionMembers = StoreVersion.properties

export const StoreVersionContents = Type.Object(
  { name: storeMembers.name, ...versionMembers, counts: storeMembers.counts, ...page },
  { $id: 'StoreVersionContents', description: 'A version of a trust store and a page of its certificates.' }
)

export const StoreVersionList = Type.Object(
  {
    versions: Type.Array(ref(StoreVersion), { description: 'The newest first.' }),
    next: Type.Unsafe<number | null>({
      type: ['integer', 'null'],
      description: 'before of the next page; null for none.'
    })
  },
  {
    $id: 'StoreVersionList',
    description: 'Changes of a trust store.',
    examples: [{ versions: [exampleVersion], next: 3 }]
  }
)

export const StoreChange = Type.Object(
  {
    name: storeMembers.name,
    version: nullable('The version that is there now; null where there is none.'),
    digest: nullable('The digest of the store afterwards; null where there is none.'),
    counts: storeMembers.counts,
    result: enumOf(['changed', 'unchanged', 'planned'], {
      description: 'unchanged: the store was so already. planned: nothing was written, as dryRun asks for.'
    }),
    changes: ref(StoreChanges),
    duplicates: Type.Array(Type.Object({ ...referenceMembers, ...placeMembers }), {
      description: 'Certificates that were sent more than once; each is taken once.'
    }),
    notTaken: Type.Array(ref(ProblemError), { description: 'With partial: what was left out and why, at most 1,000.' })
  },
  { $id: 'StoreChange', description: 'What came of a change of a trust store.', examples: [exampleChange] }
)

export const storeIsAsDeclared: SameShape<Static<typeof TrustStore>, CoreSummary> = true
export const versionIsAsDeclared: SameShape<Static<typeof StoreVersion>, VersionView> = true
export const referenceIsAsDeclared: SameShape<Static<typeof CertificateReference>, CoreReference> = true
export const changesAreAsDeclared: SameShape<Static<typeof StoreChanges>, CoreChanges> = true
export const anchorIsAsDeclared: SameShape<Static<typeof Anchor>, AnchorView> = true
