/**
 * Characters that change how the text around them is shown, or show nothing: control, bidirectional, zero-width and
 * other ignorable ones, line separators, private use, lone surrogates and what Unicode has not assigned.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`

const longest = 200

/** Text of the input, whole, with unsafe characters as `\u{…}`. */
export const visible = (text: string): string => text.replaceAll(unsafe, escaped)

/** Text of the input, safe to show to people: unsafe characters as `\u{…}`, and cut after 200 characters. */
export const printable = (text: string): string => visible(text.length > longest ? `${text.slice(0, longest)}…` : text)
