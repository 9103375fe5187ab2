// Links between documents, which work where the documents lie and in the guide.
import { posix } from 'node:path'

/** Documents of the repository that the service has in another form, by paths of the service. */
const served = new Map([['openapi/openapi.json', 'docs']])

/** Where a document is in the guide, below `/guide/`. */
export const pathOf = (source) => {
  const inside = source.startsWith('docs/') ? source.slice('docs/'.length) : `project/${source}`
  return inside.replace(/(^|\/)README\.md$/, '$1index.md').replace(/\.md$/, '.html')
}

/** From the page at `path` up to the root of the service. */
export const upFrom = (path) => '../'.repeat(path.split('/').length)

/**
 * What a link in the document `source` is in the guide; undefined where it leads to what only the repository has, as a program.
 * Throws where it leads to a document that is not there.
 */
export const hrefFor = (href, source, sources) => {
  if (/^https?:/.test(href) || href.startsWith('#')) return href
  const [target = '', fragment] = href.split('#')
  const name = posix.normalize(posix.join(posix.dirname(source), target)).replace(/\/$/, '')
  const path = pathOf(source)
  const end = fragment === undefined ? '' : `#${fragment}`
  const place = served.get(name)
  if (place !== undefined) return `${upFrom(path)}${place}`
  const document = [name, `${name}/README.md`].find((each) => sources.has(each))
  if (document === undefined) {
    if (!/\.(?:md|html)$/.test(name) && /\.\w+$/.test(name)) return undefined
    throw new Error(`${source} links to ${href}, which the guide does not have`)
  }
  return `${posix.relative(posix.dirname(path), pathOf(document)) || posix.basename(path)}${end}`
}
