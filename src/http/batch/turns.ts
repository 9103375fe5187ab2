import { Transform, type TransformCallback } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { Later } from './later.ts'

/** What makes inputs of a stream. */
export interface Inputs<Input> {
  /** Those that this piece of it completes. */
  cut(piece: Buffer): readonly Input[]
  /** What is left at its end. */
  end(): readonly Input[]
  /** Gives up what has come of an input. */
  drop(): void
}

export interface TurnParts<Input, Output> {
  readonly inputs: Inputs<Input>
  /** The promise must not reject. */
  readonly work: (input: Input) => Output | Promise<Output>
  /** Told of each input that nobody will work on, as whoever asked has gone. */
  readonly dropped: (input: Input) => void
  /** What is sent of a result; asked in the order in which results are sent. */
  readonly textOf: (output: Output) => string
  /** Told whenever something is sent. */
  readonly sent: () => void
  /** Pieces of work that may be under way at once. */
  readonly most: number
  /** Whether results come in the order of the inputs; else each comes when it is there. */
  readonly ordered: boolean
}

/** Milliseconds of work after which others get their turn. */
const slice = 5
/** Characters of results, about, that are sent together. */
const longest = 65_536
/** How many such texts wait to be taken. They stay texts, as a Buffer of each would be one more that the garbage collector has to count. */
const mostTexts = 2

/**
 * Works on the inputs of a stream in their order, no faster than results are taken, and gives other requests their turn in between. Of work
 * that takes until later, in another process or only step by step, several pieces are under way at once and go side by side; work that is
 * done at once costs no promise. Results are sent together: those that were there when others got their turn or no input was left.
 */
export class Turns<Input, Output> extends Transform {
  readonly #parts: TurnParts<Input, Output>
  readonly #later: Later<Output>
  /** What has come and is not worked on yet, the first last. */
  #waiting: Input[] = []
  /** Whether whoever works takes the results that come later as well. */
  #working = false
  #taken: (() => void) | undefined
  #sendsSoon = false

  constructor(parts: TurnParts<Input, Output>) {
    super({ readableObjectMode: true, readableHighWaterMark: mostTexts })
    this.#parts = parts
    this.#later = new Later(parts.ordered, () => {
      if (!this.#sendsSoon) queueMicrotask(() => this.#sendLater())
      this.#sendsSoon = true
    })
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#workOn(this.#parts.inputs.cut(piece)).then(() => done(), done)
  }

  override _flush(done: TransformCallback): void {
    this.#finish().then(() => done(), done)
  }

  override _read(size: number): void {
    this.#goOn()
    super._read(size)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    for (const input of this.#waiting.splice(0)) this.#parts.dropped(input)
    this.#parts.inputs.drop()
    this.#goOn()
    done(error)
  }

  async #workOn(inputs: readonly Input[]): Promise<void> {
    const { work, textOf, most, ordered } = this.#parts
    const later = this.#later
    this.#working = true
    this.#waiting = inputs.toReversed()
    let since = performance.now()
    let text = ''
    for (let input = this.#waiting.pop(); input !== undefined; input = this.#waiting.pop()) {
      const result = work(input)
      if (result instanceof Promise) later.add(result)
      else if (ordered && later.size > 0) later.add(Promise.resolve(result))
      else text += textOf(result)
      if (later.size >= most) {
        // What is there does not wait for what takes long.
        if (!this.#send(text)) await this.#allTaken()
        text = ''
        while (later.size >= most) text += textOf(await later.next()) + this.#textOfThoseThere()
      }
      if (performance.now() - since <= slice && text.length < longest) continue
      if (!this.#send(text)) await this.#allTaken()
      text = ''
      await turn()
      since = performance.now()
    }
    this.#send(text + this.#textOfThoseThere())
    this.#working = false
  }

  async #finish(): Promise<void> {
    await this.#workOn(this.#parts.inputs.end())
    this.#working = true
    const later = this.#later
    while (later.size > 0 && !this.destroyed) {
      this.#send(this.#parts.textOf(await later.next()) + this.#textOfThoseThere())
    }
  }

  /** What came when nobody was at work, with all that came beside it. */
  #sendLater(): void {
    this.#sendsSoon = false
    if (!this.#working) this.#send(this.#textOfThoseThere())
  }

  #textOfThoseThere(): string {
    let text = ''
    for (const result of this.#later.take()) text += this.#parts.textOf(result)
    return text
  }

  /** Whether more may be sent at once. */
  #send(text: string): boolean {
    if (text === '') return true
    this.#parts.sent()
    return this.push(text)
  }

  /** At the latest when nobody takes any more. */
  #allTaken(): Promise<void> {
    return new Promise((resolve) => {
      this.#taken = resolve
      if (this.destroyed) this.#goOn()
    })
  }

  #goOn(): void {
    this.#taken?.()
    this.#taken = undefined
  }
}
