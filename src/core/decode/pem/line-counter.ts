/** Tells in which line, from 1, positions of a text lie, for positions that never go back: the text is passed once. */
export class LineCounter {
  readonly #text: string
  #position = 0
  #line = 1

  constructor(text: string) {
    this.#text = text
  }

  /** Lines end with LF, CR or both. */
  lineAt(position: number): number {
    const text = this.#text
    for (let at = this.#position; at < position; at++) {
      const character = text.charCodeAt(at)
      if (character === 0x0a || (character === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) this.#line += 1
    }
    this.#position = Math.max(this.#position, position)
    return this.#line
  }
}
