import { integer } from './setting.ts'

const mebibyte = 1_048_576

/** The variables of the two lanes: what is judged where it arrives, and the processes for all else. */
export const laneSettings = {
  smallRequestBytes: integer(
    'SMALL_REQUEST_BYTES',
    65_536,
    0,
    mebibyte,
    'Bytes up to which a request without CRLs, OCSP responses and revocation is judged where it arrives; 0 for none.'
  ),
  validationProcesses: integer(
    'VALIDATION_PROCESSES',
    2,
    1,
    256,
    'Processes that judge all others, started when they are needed, and ended where they take too long.'
  ),
  validationDeadlineMs: integer(
    'VALIDATION_DEADLINE_MS',
    1_000,
    10,
    600_000,
    'Milliseconds in which such a process must have judged a request.'
  ),
  validationQueue: integer('VALIDATION_QUEUE', 256, 1, 100_000, 'Requests that may wait for such a process.'),
  validationHeapMebibytes: integer(
    'VALIDATION_HEAP_MEBIBYTES',
    256,
    64,
    65_536,
    'Mebibytes of objects in memory that such a process may have.'
  )
}
