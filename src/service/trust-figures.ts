import { isRead } from '../trust/deferred-store.ts'
import type { StoreSnapshot, TrustRegistry } from '../trust/registry.ts'
import type { ReloadCounts } from '../trust/reload-events.ts'
import type { Figure } from './metrics.ts'

/**
 * What is to be told of trust stores: those of `registry`, and how reading those of files anew has gone. A list of roots that
 * nobody asked for so far is not read to be counted.
 */
export const trustFigures = (
  registry: TrustRegistry,
  reloads: () => ReadonlyMap<string, ReloadCounts>
): readonly Figure[] => {
  const served = (): readonly (readonly [string, StoreSnapshot])[] =>
    [...registry.snapshots].filter(([, { store }]) => isRead(store))
  const ofStores = (name: string, help: string, value: (snapshot: StoreSnapshot) => number): Figure => ({
    name: `vidimus_trust_store_${name}`,
    help,
    type: 'gauge',
    labels: ['store'],
    read: () => served().map(([store, snapshot]) => ({ labels: { store }, value: value(snapshot) }))
  })
  const ofReloads = (name: string, help: string, value: (counts: ReloadCounts) => number): Figure => ({
    name: `vidimus_trust_store_${name}`,
    help,
    type: 'gauge',
    labels: ['store'],
    read: () => [...reloads()].map(([store, counts]) => ({ labels: { store }, value: value(counts) }))
  })
  return [
    {
      name: 'vidimus_trust_store_info',
      help: 'Version, digest and origin of each trust store as it is served now; always 1.',
      type: 'gauge',
      labels: ['store', 'version', 'digest', 'origin'],
      read: () =>
        served().map(
          ([
            store,
            {
              store: { version, digest },
              origin
            }
          ]) => ({
            labels: { store, version: version ?? '', digest, origin },
            value: 1
          })
        )
    },
    ofStores('certificates', 'Trust anchors of each trust store.', ({ store }) => store.anchors.length),
    ofStores('crls', 'CRLs of each trust store.', ({ store }) => store.crls.length),
    ofStores(
      'since_timestamp_seconds',
      'When the version of each trust store that is served came into service; its age is time() less this.',
      ({ since }) => since
    ),
    {
      name: 'vidimus_trust_store_reloads_total',
      help: 'How often a trust store of files was read anew, with success or without.',
      type: 'counter',
      labels: ['store', 'result'],
      read: () =>
        [...reloads()].flatMap(([store, { successes, failures }]) => [
          { labels: { store, result: 'success' }, value: successes },
          { labels: { store, result: 'failure' }, value: failures }
        ])
    },
    ofReloads(
      'last_load_timestamp_seconds',
      'When a trust store of files was last read with success because it had changed, or at start.',
      ({ lastSuccess }) => lastSuccess
    ),
    ofReloads(
      'kept',
      'Whether (1) the files of a trust store cannot be used as they are now, so that its last good version is served.',
      ({ failing }) => (failing ? 1 : 0)
    )
  ]
}
