import {
  type Client,
  createClient,
  type Inspection,
  type ProblemError,
  type StoreChange,
  type Verdict
} from '#dist/client/index.js'

/** What must compile, and what must not: `npm run typecheck` fails where an error that is expected here is none. */
const use = (..._values: readonly unknown[]): void => undefined
const vidimus: Client = createClient({ url: 'http://127.0.0.1:8080' })

export const right = async (): Promise<void> => {
  const verdict: Verdict = await vidimus.validate({ chain: ['MII…'], purpose: ['serverAuth'], explain: 'all' })
  const codes: readonly string[] = verdict.errors.map(({ code }) => code)
  const anchor: string | undefined = verdict.trustAnchor?.subject
  const inspection: Inspection = await vidimus.inspect('pem', { signal: AbortSignal.timeout(1_000) })
  for (const item of inspection.items) if (item.type === 'crl') use(item.entryCount >= 0)
  const der: Uint8Array = await vidimus.convert('pem', 'der')
  const change: StoreChange = await vidimus.trustStores.put(
    'a',
    { certificates: 'pem' },
    { mode: 'add', ifMatch: '"1"' }
  )
  const looked = await vidimus.trustStores.get('a', { ifNoneMatch: '"1"' })
  const etag: string | undefined = looked?.etag ?? (await vidimus.trustStores.get('a')).etag
  for await (const { status, body } of vidimus.validateBatch([{ id: 1, chain: 'pem' }])) {
    if ('valid' in body) use(status === 200 && body.valid)
  }
  use(der, codes, anchor, change, etag)
}

export const wrong = async (problem: ProblemError): Promise<void> => {
  // @ts-expect-error: a client is of a service
  createClient({})
  // @ts-expect-error: a chain is what is validated
  await vidimus.validate({ hostname: 'www.example.com' })
  // @ts-expect-error: no such option
  await vidimus.validate({ chain: 'pem', hostName: 'www.example.com' })
  // @ts-expect-error: no such profile
  await vidimus.validate({ chain: 'pem', profile: 'browser' })
  // @ts-expect-error: no such code, now or later
  use((await vidimus.validate({ chain: 'pem' })).errors[0]?.code === 'exspired')
  // @ts-expect-error: no such code of a problem
  use(problem.code === 'not-here')
  // @ts-expect-error: an answer is not changed
  problem.errors.push({ pointer: '', code: 'field-invalid', detail: '' })
  // @ts-expect-error: without ifNoneMatch there is always a store, and with it there may be none
  use((await vidimus.trustStores.get('a', { ifNoneMatch: '"1"' })).etag)
  // @ts-expect-error: a deletion has no mode
  await vidimus.trustStores.delete('a', { mode: 'add' })
  // @ts-expect-error: no such form
  await vidimus.convert('pem', 'pkcs12')
  // @ts-expect-error: a line of a batch is a request
  vidimus.validateBatch([{ id: 1 }])
  // @ts-expect-error: the body of an answer to a line may be a problem
  for await (const { body } of vidimus.validateBatch([])) use(body.valid)
}
