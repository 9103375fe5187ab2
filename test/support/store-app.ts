import type { FastifyInstance } from 'fastify'
import request, { type Test } from 'supertest'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type MemoryKeeping, memoryKeeping } from './memory-keeping.ts'
import { type TestApp, testApp } from './service-app.ts'

/** The token that the tests change trust stores with, whose label is `deploy`. */
export const token = 'a-token-of-the-tests'
/** One without a label. */
export const plainToken = 'b'.repeat(16)

export interface StoreApp {
  readonly app: FastifyInstance
  readonly keeping: MemoryKeeping
  readonly logged: Record<string, unknown>[]
  readonly registry: TestApp['registry']
  /** Sends a PEM file, or what `type` says, with the token. */
  put(path: string, body: string | Buffer, type?: string): Test
  putJson(path: string, body: object): Test
  get(path: string): Test
  head(path: string): Test
  delete(path: string): Test
  post(path: string): Test
}

/** One service for the tests of a file; before each of them it has no uploaded store. */
export const storeApp = (parts: Parameters<typeof testApp>[0] = {}): StoreApp => {
  const keeping = memoryKeeping()
  let made: TestApp
  beforeAll(async () => {
    made = await testApp({ keeping, tokens: `deploy=${token},${plainToken}`, ...parts })
    await made.app.ready()
  })
  afterAll(() => made.app.close())
  beforeEach(() => {
    keeping.clear()
    made.logged.length = 0
  })
  const signed = (test: Test): Test => test.set('authorization', `Bearer ${token}`)
  return {
    keeping,
    get app() {
      return made.app
    },
    get logged() {
      return made.logged
    },
    get registry() {
      return made.registry
    },
    put: (path, body, type = 'application/x-pem-file') =>
      signed(request(made.app.server).put(path)).set('content-type', type).send(body),
    putJson: (path, body) => signed(request(made.app.server).put(path)).send(body),
    get: (path) => request(made.app.server).get(path),
    head: (path) => request(made.app.server).head(path),
    delete: (path) => signed(request(made.app.server).delete(path)),
    post: (path) => signed(request(made.app.server).post(path))
  }
}
