import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWith } from '../support/engines.ts'
import { keepingAt } from '../support/keeping-contract.ts'
import { type PostgresServer, query, startPostgres } from '../support/postgres.ts'
import { replacing } from '../support/store-changes.ts'

describeWith(['postgresql', 'openssl'], 'PostgreSQL over TLS', () => {
  let server: PostgresServer
  let databaseUrl: string
  beforeAll(async () => {
    server = await startPostgres(true)
    databaseUrl = await server.newDatabase()
  })
  afterAll(() => server.remove())

  const placeWith = (options: string): { readonly databaseUrl: string; readonly dataDir: string } => ({
    databaseUrl: `${databaseUrl}?${options}`,
    dataDir: '/nowhere'
  })

  it('is used where the URL asks for it, with the certificate that the URL names', async () => {
    const keeping = await keepingAt(
      placeWith(`sslmode=verify-full&sslrootcert=${encodeURIComponent(server.certificate)}`)
    )
    expect(await keeping.stores.keep(replacing('a', 0))).toMatchObject({ kind: 'kept' })
    keeping.stores.watch(() => undefined)
    const connections = await query(
      databaseUrl,
      `SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'vidimus'`
    )
    expect(connections).toEqual([{ ssl: true }])
    await keeping.close()
  })

  it('is not gone around where the certificate is not trusted', async () => {
    const keeping = await keepingAt(placeWith('sslmode=verify-full'))
    await expect(keeping.stores.heads()).rejects.toMatchObject({
      fault: 'unreachable',
      message: expect.stringContaining('The database cannot be reached: self-signed certificate')
    })
    await keeping.close()
  })

  it('says which file of the URL is not there', async () => {
    const keeping = await keepingAt(placeWith('sslmode=verify-full&sslrootcert=/nowhere/ca.pem'))
    await expect(keeping.stores.heads()).rejects.toMatchObject({
      fault: 'unreachable',
      message: "The database cannot be reached: ENOENT: no such file or directory, open '/nowhere/ca.pem'."
    })
    await keeping.close()
  })
})
