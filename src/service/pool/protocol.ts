/** What a pool and its worker processes say to each other, by structured clone. */

/** To a worker: work, or what it needs to know before its next work. */
export type ToWorker<Job, Note> =
  | { readonly type: 'job'; readonly id: number; readonly job: Job }
  | { readonly type: 'note'; readonly note: Note }

/** From a worker: that it is there, that it begins work for which it had to be told something, or what came of its work. */
export type FromWorker<Result> =
  | { readonly type: 'ready' }
  | { readonly type: 'begun'; readonly id: number }
  | {
      readonly type: 'result'
      readonly id: number
      readonly result: Result
      /** Bytes of memory that the process holds. */
      readonly memory: number
    }
  | { readonly type: 'failed'; readonly id: number; readonly fault: WorkFault }

/** An exception in a worker, which is a bug: its kind and where it arose, for its message could quote what was sent. */
export interface WorkFault {
  readonly name: string
  readonly stack: readonly string[]
}
