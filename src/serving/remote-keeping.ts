import { KeepingError, type StoreKeeping } from '../trust/keeping.ts'
import type { UploadedStores } from '../trust/uploaded.ts'
import type { Line } from './line.ts'
import type { KeepingReply, PrimaryCalls, ServingCalls } from './protocol.ts'
import type { Replica } from './replica.ts'

/** Milliseconds that the database and the way to it may take: each has limits of its own below this. */
const patience = 30_000
/** Milliseconds in which every process serves a change, or has been ended. */
const servePatience = 60_000

/** What is kept, asked of the primary, which alone has the database. */
export const keepingOver = (line: Line<ServingCalls, PrimaryCalls>): StoreKeeping => ({
  heads: () => answered(line.ask('heads', undefined, patience)),
  read: (name, version) => answered(line.ask('read', { name, version }, patience)),
  versions: (name, before, most) => answered(line.ask('versions', { name, before, most }, patience)),
  keep: async (change) => {
    try {
      return await line.ask('keep', change, patience)
    } catch {
      return { kind: 'unknown', reason: noAnswer }
    }
  },
  watch: () => undefined,
  close: async () => undefined
})

/** The uploaded stores as this process has them, which the primary serves to all. */
export const uploadedOver = (
  line: Line<ServingCalls, PrimaryCalls>,
  replica: Replica
): Pick<UploadedStores, 'served' | 'serve'> => ({
  served: (name) => replica.record(name),
  serve: async (record, content) => {
    try {
      await line.ask('serve', { record, content }, servePatience)
    } catch {
      throw new KeepingError('unknown', 'The change is kept, and was not served by every process in time.')
    }
  }
})

const noAnswer = 'The process that has the database did not answer.'

const answered = async <T>(reply: Promise<KeepingReply<T>>): Promise<T> => {
  const given = await reply.catch(() => undefined)
  if (given === undefined) throw new KeepingError('unreachable', noAnswer)
  if (!given.ok) throw new KeepingError(given.fault, given.reason)
  return given.value
}
