import { describe, expect, it } from 'vitest'
import { trustCodes } from '#dist/core/model/codes/trust.js'
import { purposeOids } from '#dist/core/model/options.js'

const { serverAuth, clientAuth } = purposeOids
const anchor = 'CN=Root'

describe('the messages of what a trust store says of its anchors', () => {
  it('name the anchor, and what it is not trusted for', () => {
    const { message } = trustCodes.distrusted
    const dates = { distrustAfter: '2026-01-31T00:00:00Z', notBefore: '2026-02-01T00:00:00Z' }
    expect(message({ anchor, constraint: 'distrustAfter', ...dates })).toBe(
      'The trust store does not trust CN=Root for certificates that are valid from after 2026-01-31T00:00:00Z; this one is from 2026-02-01T00:00:00Z.'
    )
    expect(message({ anchor, constraint: 'rejectedPurposes', purposes: [serverAuth, '1.2.3'] })).toBe(
      'The trust store rejects CN=Root for serverAuth, 1.2.3.'
    )
  })

  it('name what it is trusted for', () => {
    const { message } = trustCodes['anchor-constraint-violated']
    expect(message({ anchor, constraint: 'purposes', purposes: [serverAuth], allowed: [clientAuth, '1.2.3'] })).toBe(
      'The trust store trusts CN=Root for clientAuth, 1.2.3 alone, and serverAuth is asked for.'
    )
    expect(message({ anchor, constraint: 'purposes', purposes: [], allowed: [] })).toBe(
      'The trust store trusts CN=Root for no purpose.'
    )
  })
})
