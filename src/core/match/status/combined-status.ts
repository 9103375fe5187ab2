import type { GoodStatus, RevocationStatus, RevokedStatus, UnknownStatus } from '../../model/revocation.ts'

/**
 * What evidence of several kinds says together: `revoked` by any beats `good`, and `good` by one suffices. Of several that
 * revoke, one that does so for good goes before a hold, and the first before the others.
 */
export const combined = (statuses: readonly RevocationStatus[]): RevocationStatus => {
  const revoked = statuses.filter((each): each is RevokedStatus => each.status === 'revoked')
  const decisive = revoked.find(({ until }) => until === undefined) ?? revoked[0]
  if (decisive !== undefined) return decisive
  const good = statuses.filter((each): each is GoodStatus => each.status === 'good')
  if (good.length > 0) {
    return {
      status: 'good',
      evidence: good.flatMap(({ evidence }) => evidence),
      until: Math.max(...good.map(({ until }) => until))
    }
  }
  const unknown = statuses.filter((each): each is UnknownStatus => each.status === 'unknown')
  return { status: 'unknown', rejected: unknown.flatMap(({ rejected }) => rejected) }
}
