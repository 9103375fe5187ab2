import { exampleVerdict } from './example.ts'

const [, ca] = exampleVerdict.path
const { fingerprint = '', subject = '', notAfter = null } = ca ?? {}

/** A store of the CA certificate of the other examples, uploaded by whoever has the token called deploy. */
export const exampleStore = {
  name: 'corporate',
  version: '3',
  digest: exampleVerdict.trust[0]?.digest ?? '',
  counts: { x509: 1, x509_ca: 1, crl: 0 },
  origin: 'uploaded',
  since: '2026-11-25T09:00:00Z',
  isDefault: true
}

export const exampleReference = { fingerprint, subject, notAfter }

export const exampleChange = {
  name: 'corporate',
  version: '3',
  digest: exampleStore.digest,
  counts: exampleStore.counts,
  result: 'changed',
  changes: {
    digest: {
      before: '1f2b5a3c64b6d8f0e29a7c5b3d1e0f8a9c7b6d5e4f3a2b1c0d9e8f7a6b5c4d3e',
      after: exampleStore.digest
    },
    added: [exampleReference],
    removed: [
      {
        fingerprint: '9b1d7a64c0f3e8525d4a6f10b7c29e83f5061d2c3b4a59687786a5b4c3d2e1f0',
        subject: 'CN=Example Old CA,O=Example',
        notAfter: '2026-12-01T00:00:00Z'
      }
    ],
    unchanged: 0,
    crls: { added: 0, removed: 0, unchanged: 0 },
    constrained: [],
    expired: [],
    expiring: [],
    notCa: [],
    weak: []
  },
  duplicates: [],
  notTaken: []
}

export const exampleVersion = {
  version: '3',
  at: exampleStore.since,
  by: 'deploy',
  action: 'replace',
  fromDigest: exampleChange.changes.digest.before,
  digest: exampleStore.digest,
  checksum: '5c1a0b9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3',
  kept: true
}
