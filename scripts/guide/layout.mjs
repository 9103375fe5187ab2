// A page of the guide as HTML: beside its text where it stands among the others, and what is on it.
import { posix } from 'node:path'
import { upFrom } from './links.mjs'
import { escaped } from './markdown.mjs'

const link = (from, to, text, more = '') =>
  `<a href="${escaped(posix.relative(posix.dirname(from), to) || posix.basename(to))}"${more}>${escaped(text)}</a>`

const groupItem = (from, { title, pages }) => {
  const items = pages.map(
    (page) => `<li>${link(from, page.path, page.title, page.path === from ? ' aria-current="page"' : '')}</li>`
  )
  return `<li><span class="group">${escaped(title)}</span>\n<ul>\n${items.join('\n')}\n</ul></li>`
}

/** Two and more sections are worth a list. */
const contents = (headings) => {
  const sections = headings.filter(({ depth }) => depth === 2 || depth === 3)
  if (sections.length < 2) return ''
  const items = sections.map(
    ({ id, text, depth }) => `<li class="depth-${depth}"><a href="#${id}">${escaped(text)}</a></li>`
  )
  return `<nav class="contents" aria-label="On this page" tabindex="0">
<details><summary>On this page</summary>
<ul>
${items.join('\n')}
</ul></details>
</nav>`
}

const neighbours = (from, { before, after }) => {
  if (before === undefined && after === undefined) return ''
  const parts = [
    before === undefined
      ? ''
      : `<span class="before">Before: ${link(from, before.path, before.title, ' rel="prev"')}</span>`,
    after === undefined ? '' : `<span class="after">Next: ${link(from, after.path, after.title, ' rel="next"')}</span>`
  ]
  return `<nav class="neighbours" aria-label="Before and next">\n${parts.filter((part) => part !== '').join('\n')}\n</nav>`
}

/** The whole document of `page`, among `groups` of pages. */
export const layout = ({ page, groups, home, before, after, version }) => {
  const up = upFrom(page.path)
  const name = page === home ? 'vidimus: guide' : `${page.title} · vidimus`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(name)}</title>
<link rel="icon" href="${up}static/page/seal.svg" type="image/svg+xml">
<link rel="stylesheet" href="${up}static/page/base.css">
<link rel="stylesheet" href="${up}static/page/guide/guide.css">
<script type="module" src="${up}static/page/guide/copy.js"></script>
</head>
<body>
<a class="skip" href="#text">To the text</a>
<header class="top">
${link(page.path, home.path, 'vidimus guide', ' class="name"')}
<nav aria-label="Service">
<a href="${up}.">Validate</a>
<a href="${up}docs">API</a>
<a href="${up}errors">Codes</a>
</nav>
</header>
<div class="columns">
<nav class="guide" aria-label="Guide" tabindex="0">
<details><summary>All pages</summary>
<ul>
${groups.map((group) => groupItem(page.path, group)).join('\n')}
</ul></details>
</nav>
<main id="text">
${page.html}</main>
${contents(page.headings)}
</div>
<footer>
${neighbours(page.path, { before, after })}
<p>vidimus ${escaped(version)}</p>
</footer>
</body>
</html>
`
}
