import type { WorkFault } from '../service/pool/protocol.ts'

/** What a side can be asked or told, by name: each takes one question of plain data, and gives an answer of such. */
type Asked = (question: never) => unknown
type Calls<C> = { readonly [K in keyof C]: Asked }
type QuestionOf<C extends Calls<C>, K extends keyof C> = C[K] extends (question: infer Q) => unknown ? Q : never
type AnswerOf<C extends Calls<C>, K extends keyof C> = Awaited<ReturnType<C[K]>>

/** What goes over the line, by structured clone. */
export type LineMessage =
  | { readonly type: 'ask'; readonly id: number; readonly name: string; readonly question: unknown }
  | { readonly type: 'tell'; readonly name: string; readonly question: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'failed'; readonly id: number }

/** Why there is no answer: it took too long, the other side is gone, or it failed there, which is a bug. */
export class LineFault extends Error {
  override readonly name = 'LineFault'
  readonly why: 'late' | 'gone' | 'failed'

  constructor(why: LineFault['why'], name: string) {
    super(`no answer to ${name}: ${why}`)
    this.why = why
  }
}

export interface LineParts<Mine extends Calls<Mine>> {
  readonly send: (message: LineMessage) => void
  /** What this side can be asked; looked at when the first question comes. */
  readonly mine: () => Mine
  /** Hears of exceptions where this side was asked: its messages could quote what was sent, so only places are told. */
  readonly failed: (name: string, fault: WorkFault) => void
}

interface Waiting {
  readonly name: string
  readonly timer: NodeJS.Timeout
  readonly resolve: (answer: unknown) => void
  readonly reject: (fault: LineFault) => void
}

/** Questions and answers between two processes, in both directions. Every question has a limit of time. */
export class Line<Mine extends Calls<Mine>, Theirs extends Calls<Theirs>> {
  readonly #parts: LineParts<Mine>
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #gone = false

  constructor(parts: LineParts<Mine>) {
    this.#parts = parts
  }

  /** Rejects with a `LineFault` where there is no answer within `milliseconds`. */
  ask<K extends keyof Theirs & string>(
    name: K,
    question: QuestionOf<Theirs, K>,
    milliseconds: number
  ): Promise<AnswerOf<Theirs, K>> {
    if (this.#gone) return Promise.reject(new LineFault('gone', name))
    const { promise, resolve, reject } = Promise.withResolvers<AnswerOf<Theirs, K>>()
    const id = ++this.#lastId
    const late = (): void => {
      if (this.#waiting.delete(id)) reject(new LineFault('late', name))
    }
    // An answer that has arrived by then is not late, though this process may have been too busy to take it in.
    const timer = setTimeout(() => setImmediate(late), milliseconds)
    // What comes over the line is of the type that the other side was compiled to give.
    const take = (answer: unknown): void => resolve(answer as AnswerOf<Theirs, K>)
    this.#waiting.set(id, { name, timer, resolve: take, reject })
    this.#parts.send({ type: 'ask', id, name, question })
    return promise
  }

  /** Says something that is not answered. */
  tell<K extends keyof Theirs & string>(name: K, question: QuestionOf<Theirs, K>): void {
    if (!this.#gone) this.#parts.send({ type: 'tell', name, question })
  }

  hear(message: LineMessage): void {
    switch (message.type) {
      case 'ask':
        void this.#answer(message.id, message.name, message.question)
        return
      case 'tell':
        void this.#carryOut(message.name, message.question)
        return
      case 'answer':
        this.#take(message.id)?.resolve(message.answer)
        return
      case 'failed': {
        const waiting = this.#take(message.id)
        waiting?.reject(new LineFault('failed', waiting.name))
      }
    }
  }

  /** The other side is gone: nothing that was asked will be answered. */
  end(): void {
    this.#gone = true
    for (const { timer, name, reject } of this.#waiting.values()) {
      clearTimeout(timer)
      reject(new LineFault('gone', name))
    }
    this.#waiting.clear()
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    clearTimeout(waiting?.timer)
    return waiting
  }

  async #answer(id: number, name: string, question: unknown): Promise<void> {
    const done = await this.#carryOut(name, question)
    if (this.#gone) return
    this.#parts.send(done === undefined ? { type: 'failed', id } : { type: 'answer', id, answer: done.answer })
  }

  /** Undefined where it failed. */
  async #carryOut(name: string, question: unknown): Promise<{ readonly answer: unknown } | undefined> {
    try {
      const mine = this.#parts.mine()
      if (!Object.hasOwn(mine, name)) throw new Error('there is no such question')
      const asked: Asked = mine[name as keyof Mine]
      return { answer: await asked(question as never) }
    } catch (error) {
      this.#parts.failed(name, faultOf(error))
      return undefined
    }
  }
}

const faultOf = (error: unknown): WorkFault => {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] }
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { name: error.name, stack: lines.slice(0, 12).map((line) => line.trim()) }
}
