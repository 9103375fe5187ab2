import { describe, expect, it } from 'vitest'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { readCrl } from '#dist/core/decode/crl/crl.js'
import { trustStore } from '#dist/core/decode/input/trust-store.js'
import { readName } from '#dist/core/decode/name/name.js'
import { fromPortable, toPortable } from '#dist/service/lanes/portable-store.js'
import { commonName, root } from '../../support/authority.ts'
import { crlOf } from '../../support/crls.ts'

const read = <T>(decoded: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!decoded.ok) throw new Error('a sound object cannot be read')
  return decoded.value
}

describe('a trust store on its way to another process', () => {
  it('arrives as it was: anchors in their order, sources, constraints, CRLs, version and digest', () => {
    const one = root('One')
    const two = root('Two')
    const store = trustStore({
      name: 'internal',
      version: '7',
      anchors: [
        { certificate: read(readCertificate(two.der)), source: 'trustStore:internal' },
        {
          certificate: read(readCertificate(one.der)),
          source: 'trustStore:internal',
          constraints: {
            distrustAfter: 1_000,
            purposes: ['1.3.6.1.5.5.7.3.1'],
            rejectedPurposes: [],
            names: [
              {
                permitted: [{ type: 'dns', value: 'example.test' }],
                excluded: [{ type: 'directory', value: readName(commonName('Bad')) }]
              }
            ],
            policies: undefined
          }
        }
      ],
      crls: [{ crl: read(readCrl(crlOf({ issuer: one }))), source: 'trustStore:internal' }]
    })
    const arrived = fromPortable(structuredClone(toPortable(store)))
    expect({ ...arrived, anchors: [], anchorsBySubject: [], crls: [] }).toEqual({
      ...store,
      anchors: [],
      anchorsBySubject: [],
      crls: []
    })
    expect(arrived.anchors.map(({ certificate, source, place }) => [certificate.fingerprint, source, place])).toEqual(
      store.anchors.map(({ certificate, source, place }) => [certificate.fingerprint, source, place])
    )
    expect([...arrived.anchorsBySubject.keys()]).toEqual([...store.anchorsBySubject.keys()])
    const [none, constraints] = arrived.anchors.map((anchor) => anchor.constraints)
    expect(none).toBeUndefined()
    expect(constraints).toMatchObject({ distrustAfter: 1_000, purposes: ['1.3.6.1.5.5.7.3.1'], policies: undefined })
    const [excluded] = constraints?.names[0]?.excluded ?? []
    expect(excluded?.type === 'directory' ? excluded.value.text : undefined).toBe('CN=Bad')
    expect(arrived.crls.map(({ crl, source }) => [crl.issuer.text, source])).toEqual([
      ['CN=One', 'trustStore:internal']
    ])
  })
})
