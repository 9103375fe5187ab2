import pg from 'pg'

/** Milliseconds until a connection stands, or one of the pool is free. */
const connectTime = 2_000

/** Milliseconds until an answer to a statement is no longer waited for. */
const answerTime = 5_000

/** Of one process of the service; another one listens for changes. */
const mostConnections = 4

/** The type bigint. What is kept stays far below the integers that JavaScript has. */
const bigint = 20

/** How every connection is made. TLS is as the URL says: `sslmode`, `sslrootcert`, `sslcert`, `sslkey`. */
export const clientOptions = (url: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: 'vidimus',
  connectionTimeoutMillis: connectTime,
  query_timeout: answerTime,
  keepAlive: true,
  types: {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === bigint ? Number : pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text')
  }
})

export const openPool = (url: string): pg.Pool => {
  const pool = new pg.Pool({ ...clientOptions(url), max: mostConnections, idleTimeoutMillis: 60_000 })
  // A connection that ends is replaced when one is needed. Who uses it hears of that from what it waits for; unheard, the
  // event would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** What begins a transaction: of a known kind whatever the server prefers, and without long waits for others. */
export const begin =
  'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL lock_timeout = 1500; SET LOCAL statement_timeout = 4000'
