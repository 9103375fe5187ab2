import { expect, it } from 'vitest'
import { fetchFigures } from '#dist/service/fetch-figures.js'
import { makeMetrics } from '#dist/service/metrics.js'
import { root, server } from '../support/authority.ts'
import { crlOf } from '../support/crls.ts'
import { evidenceServer } from '../support/evidence-server.ts'
import { fetchingApp } from '../support/fetching-app.ts'
import { crlDistributionPoints } from '../support/locations.ts'
import { hour, utcDigits } from '../support/times.ts'

it('Figures of fetching tell what went out, what came of it, and what needed no fetch', async () => {
  const files = await evidenceServer()
  const ca = root()
  const crl = crlOf({ issuer: ca, thisUpdate: utcDigits(-hour), nextUpdate: utcDigits(hour) })
  files.files.set('/ca.crl', crl)
  const { ask, fetching } = await fetchingApp()
  for (const path of ['/ca.crl', '/ca.crl', '/missing.crl']) {
    const chain = server(ca, 'www.example.test', { extensions: [crlDistributionPoints([`${files.url}${path}`])] }).pem
    await ask({ chain, caBundle: ca.pem, revocation: { mode: 'require', fetch: true } })
  }
  await files.close()
  const text = await makeMetrics(fetchFigures(fetching)).text()
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'vidimus_fetches_total{kind="crl",outcome="fetched"} 1',
      'vidimus_fetches_total{kind="crl",outcome="status"} 1',
      `vidimus_fetched_bytes_total ${crl.length}`,
      'vidimus_evidence_found_total{where="memory"} 1',
      'vidimus_fetches_in_progress{state="open"} 0'
    ])
  )
})
