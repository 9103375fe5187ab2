// Markdown to HTML: what GitHub shows of it, without any HTML of its own.
import { Marked } from 'marked'

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escaped = (text) => text.replaceAll(/[&<>"']/g, (each) => entities[each])

/** The fragment of a heading, as GitHub makes it of the text. */
export const slugs = () => {
  const seen = new Map()
  return (text) => {
    const slug = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  }
}

const plainText = (tokens) =>
  tokens.map((token) => (token.tokens === undefined ? (token.text ?? '') : plainText(token.tokens))).join('')

const commandEnd = /<< ?'?([A-Z]+)'?/

/** A session in a shell: what is typed is set off from what is printed, and can be copied without the prompt. */
const session = (text) => {
  let end
  let goesOn = false
  return text
    .split('\n')
    .map((line) => {
      const starts = !goesOn && line.startsWith('$ ')
      if (!starts && !goesOn) return escaped(line)
      if (starts) end = commandEnd.exec(line)?.[1]
      goesOn = end === undefined ? line.endsWith('\\') : line !== end || starts
      const prompt = starts ? '<span class="prompt">$ </span>' : ''
      return `${prompt}<span class="typed">${escaped(starts ? line.slice(2) : line)}</span>`
    })
    .join('\n')
}

/** The title, the body and the headings of a document; `hrefOf` says what its links are in the guide. */
export const rendered = (markdown, hrefOf) => {
  const slugOf = slugs()
  const headings = []
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth }) {
        const text = plainText(tokens)
        const id = slugOf(text)
        headings.push({ id, text, depth })
        const anchor = `<a class="anchor" href="#${id}" aria-label="Link to: ${escaped(text)}">#</a>`
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}${depth === 1 ? '' : ` ${anchor}`}</h${depth}>\n`
      },
      code({ text, lang = '' }) {
        const shown = lang === 'console' ? session(text) : escaped(text)
        return `<pre tabindex="0" data-language="${escaped(lang)}"><code>${shown}\n</code></pre>\n`
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens)
        const place = hrefOf(href)
        return place === undefined ? text : `<a href="${escaped(place)}">${text}</a>`
      },
      image({ href }) {
        throw new Error(`The guide shows no images, such as ${href}`)
      },
      html({ text }) {
        if (/^\s*<!--[\s\S]*?-->\s*$/.test(text)) return ''
        throw new Error(`The guide takes no HTML, such as ${text}`)
      }
    }
  })
  const html = marked.parse(markdown)
  const title = headings.find(({ depth }) => depth === 1)?.text
  if (title === undefined) throw new Error('A page needs a title')
  return { title, html, headings }
}
