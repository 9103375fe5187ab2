// Makes the guide, which the service gives below /guide/, of the documents: dist/guide/**/*.html.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { layout } from './guide/layout.mjs'
import { hrefFor, pathOf } from './guide/links.mjs'
import { rendered } from './guide/markdown.mjs'
import { home, navigationOf } from './guide/navigation.mjs'

const project = fileURLToPath(new URL('..', import.meta.url))
const to = join(project, 'dist/guide')
const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))

const navigation = navigationOf(project)
const listed = [home, ...navigation.groups.flatMap(({ pages }) => pages)]
const sources = new Set([...listed, ...navigation.unlisted])

/** A folder's page is followed by a list of the pages in it that are not listed one by one. */
const documentOf = (source) => {
  const text = readFileSync(join(project, source), 'utf8')
  if (!source.endsWith('/README.md')) return text
  const inside = navigation.unlisted.filter((each) => dirname(each) === dirname(source))
  const titles = inside.map(
    (each) => `- [${/^# (.*)$/m.exec(readFileSync(join(project, each), 'utf8'))?.[1]}](${basename(each)})`
  )
  return `${text}\n${titles.join('\n')}\n`
}

const pages = new Map(
  [...sources].map((source) => {
    return [source, { path: pathOf(source), ...rendered(documentOf(source), (href) => hrefFor(href, source, sources)) }]
  })
)
const groups = navigation.groups.map((group) => ({ ...group, pages: group.pages.map((source) => pages.get(source)) }))

for (const [source, page] of pages) {
  const order = listed.includes(source) ? listed : navigation.unlisted
  const at = order.indexOf(source)
  const [before, after] = [order[at - 1], order[at + 1]].map((each) => pages.get(each))
  const file = join(to, page.path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, layout({ page, groups, home: pages.get(home), before, after, version }))
}
