/** Tells in which line, from 1, positions of a text lie, for positions that never go back: the text is passed once. */
export class LineCounter {
  readonly #text: string
  #position = 0
  #line = 1
  /** Whether some line ends with CR, or it is not known yet. */
  #returns: boolean | undefined

  constructor(text: string) {
    this.#text = text
  }

  /** Lines end with LF, CR or both. */
  lineAt(position: number): number {
    this.#returns ??= this.#text.includes('\r')
    if (this.#returns) this.#countAny(position)
    else this.#countFeeds(position)
    this.#position = Math.max(this.#position, position)
    return this.#line
  }

  #countFeeds(position: number): void {
    const text = this.#text
    for (let at = text.indexOf('\n', this.#position); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) {
      this.#line += 1
    }
  }

  #countAny(position: number): void {
    const text = this.#text
    for (let at = this.#position; at < position; at++) {
      const character = text.charCodeAt(at)
      if (character === 0x0a || (character === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) this.#line += 1
    }
  }
}
