import type { Logger } from 'pino'
import { repairChain } from './core/repair-chain.ts'
import { validation } from './core/validate.ts'
import { packageFile } from './package-file.ts'
import type { Config } from './service/config-types.ts'
import { type Lanes, lanesOf } from './service/lanes/lanes.ts'

const mebibyte = 1_048_576
/** Of trust stores and fetched CRLs that each process keeps at hand. */
const noteMebibytes = 128
/** What a process of full heap holds beside: its program, and octets that are no objects. */
const besideHeapMebibytes = 384
/**
 * A process sees the large requests alone, and remembers half of what the one that serves may; and what it has read of texts that come
 * again, as much as that one may, for it is reckoned at its worst.
 */
const memoryPart = 2
/** Milliseconds that a request may wait for its turn, which may be that of a process to start. */
const patience = 3_000

/** The two lanes as the configuration has them; of each process that ends, the log has a line, without anything that was sent. */
export const lanesFor = (
  { lanes: config, certificateCacheBytes }: Pick<Config, 'lanes' | 'certificateCacheBytes'>,
  log: Logger
): Lanes =>
  lanesOf(
    { validation, repairChain },
    {
      entry: packageFile('dist/service/lanes/worker.js'),
      smallBytes: config.smallBytes,
      noteBytes: noteMebibytes * mebibyte,
      textBytes: certificateCacheBytes,
      args: [String(Math.floor(certificateCacheBytes / memoryPart))],
      size: config.processes,
      queue: config.queue,
      patience,
      deadline: config.deadlineMs,
      heapLimit: config.heapMebibytes,
      memoryLimit: (config.heapMebibytes + besideHeapMebibytes) * mebibyte,
      onEnd: ({ why, ...end }) => {
        if (why === 'grown') log.info({ why, ...end }, 'a process of validations had grown and is replaced')
        else log.warn({ why, ...end }, 'a process of validations ended; its request alone has no certain verdict')
      }
    }
  )
