import type { UploadedStores } from '../trust/uploaded.ts'
import { type Figure, plainFigure } from './metrics.ts'

/** What is to be told of uploaded trust stores beside what is told of every store. */
export const uploadFigures = (uploaded: UploadedStores): readonly Figure[] => [
  plainFigure(
    'vidimus_uploaded_trust_stores_unreachable',
    'gauge',
    'Whether (1) the uploaded trust stores cannot be read, so that those read before are served.',
    () => (uploaded.unreachable ? 1 : 0)
  ),
  {
    name: 'vidimus_uploaded_trust_store_kept',
    help: 'Names (1) an uploaded trust store whose newest version cannot be served, as it is damaged or hidden by another.',
    type: 'gauge',
    labels: ['store'],
    read: () => uploaded.unserved.map((store) => ({ labels: { store }, value: 1 }))
  }
]
