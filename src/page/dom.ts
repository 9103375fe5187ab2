import { visible } from '../core/model/printable.ts'

export type Child = Node | string | undefined

type Attributes = Readonly<Record<string, string | boolean | undefined>>

/**
 * An element. What stands in it as a string becomes text, never markup, with characters that hide or reorder text as
 * escapes; attributes of which it could be made a script or a style are not to be had here.
 */
export const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag)
  setAttributes(made, attributes)
  for (const child of children) if (child !== undefined) made.append(typeof child === 'string' ? visible(child) : child)
  return made
}

/** An element of a drawing. */
export const drawn = <K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly SVGElement[]
): SVGElementTagNameMap[K] => {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag)
  setAttributes(made, attributes)
  made.append(...children)
  return made
}

const setAttributes = (made: Element, attributes: Attributes): void => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    if (/^(on|style$|srcdoc$)/.test(name)) throw new Error(`${name} is not set here`)
    made.setAttribute(name, value === true ? '' : visible(value))
  }
}

/** Text with the line breaks that it has, to be scrolled with the keyboard too. */
export const preformatted = (label: string, text: string): HTMLPreElement => {
  const made = element('pre', { tabindex: '0', role: 'group', 'aria-label': label })
  made.textContent = text.split('\n').map(visible).join('\n')
  return made
}

/** A section with its title. */
export const section = (id: string, title: string, ...children: readonly Child[]): HTMLElement =>
  element(
    'section',
    { class: 'part', 'aria-labelledby': `${id}-title` },
    element('h3', { id: `${id}-title` }, title),
    ...children
  )

/** The element of the document with this id, which its author promised. */
export const found = <T extends Element>(id: string, type: new () => T): T => {
  const there = document.getElementById(id)
  if (there instanceof type) return there
  throw new Error(`The document has no ${type.name} with the id ${id}`)
}
