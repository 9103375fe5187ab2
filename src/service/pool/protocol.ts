/** What a pool and its worker processes say to each other, by structured clone. */

/** To a worker: work, or what it needs to know before its next work. */
export type ToWorker<Job, Note> =
  | { readonly type: 'job'; readonly id: number; readonly job: Job }
  | { readonly type: 'note'; readonly note: Note }

/** From a worker: that it is there, or what came of its work. */
export type FromWorker<Result> =
  | { readonly type: 'ready' }
  | {
      readonly type: 'result'
      readonly id: number
      readonly result: Result
      /** Bytes of memory that the process holds. */
      readonly memory: number
    }
