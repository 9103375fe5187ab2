import type { UploadedStores } from '../trust/uploaded.ts'
import type { Figure } from './metrics.ts'

/** What is to be told of uploaded trust stores beside what is told of every store. */
export const uploadFigures = (uploaded: UploadedStores): readonly Figure[] => [
  {
    name: 'vidimus_uploaded_trust_stores_unreachable',
    help: 'Whether (1) the uploaded trust stores cannot be read, so that those read before are served.',
    type: 'gauge',
    labels: [],
    read: () => [{ labels: {}, value: uploaded.unreachable ? 1 : 0 }]
  },
  {
    name: 'vidimus_uploaded_trust_store_kept',
    help: 'Names (1) an uploaded trust store whose newest version cannot be served, as it is damaged or hidden by another.',
    type: 'gauge',
    labels: ['store'],
    read: () => uploaded.unserved.map((store) => ({ labels: { store }, value: 1 }))
  }
]
