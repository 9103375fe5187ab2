import { createHash } from 'node:crypto'
import { namesElsewhere } from '../../core/model/code-entry.ts'
import type { ErrorEntry } from './error-entry.ts'

const style = `:root{color-scheme:light dark;--line:#8886}
body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
code,pre{font:.9rem/1.4 ui-monospace,monospace}
pre{padding:.75rem;border:1px solid var(--line);border-radius:.4rem;overflow-x:auto}
h1 code{font-size:1.4rem}h2{font-size:1.05rem;margin:1.5rem 0 .25rem}p,ul{margin:.25rem 0}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line)}
td{overflow-wrap:anywhere}`

/** Nothing may be loaded, run, sent or framed: the page is text and the one style that stands in it. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => entities[each] ?? each)

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`

const section = (title: string, body: string): string => `<h2>${escaped(title)}</h2>\n${body}`
const paragraph = (text: string): string => `<p>${escaped(text)}</p>`

/** Where the code stands in answers, as a sentence. */
export const placeOf = ({ inVerdicts, status }: ErrorEntry): string => {
  if (status === null) return 'It stands in the errors and warnings of verdicts.'
  return inVerdicts
    ? `It stands in the errors and warnings of verdicts, and is a problem with status ${status}.`
    : `It is a problem with status ${status}: the request got no verdict.`
}

/** The page of a code, for people; every text in it is of the table of codes. */
export const errorPage = (entry: ErrorEntry): string => {
  const names = namesElsewhere(entry.otherNames)
  const parts = [
    '<p><a href="../errors">All codes</a></p>',
    `<h1><code>${escaped(entry.code)}</code></h1>`,
    `<p><strong>${escaped(entry.title)}.</strong> ${escaped(entry.meaning)}</p>`,
    section('What to do', paragraph(entry.remedy)),
    entry.causes.length === 0
      ? ''
      : section('How it comes about', `<ul>${entry.causes.map((cause) => `<li>${escaped(cause)}</li>`).join('')}</ul>`),
    entry.check === null
      ? ''
      : section(
          'How to check it with OpenSSL',
          `<pre><code>${escaped(entry.check.command)}</code></pre>\n<p>Look for: ${escaped(entry.check.shows)}</p>`
        ),
    entry.reference === null ? '' : section('The rule', paragraph(entry.reference)),
    names.length === 0
      ? ''
      : section(
          'What others call it',
          `<table>${names.map(([tool, name]) => `<tr><th scope="row">${tool}</th><td>${escaped(name)}</td></tr>`).join('')}</table>`
        ),
    paragraph(placeOf(entry))
  ]
  return page(`${entry.code}: ${entry.title}`, parts.filter((part) => part !== '').join('\n'))
}

/** The page that lists all codes. */
export const errorListPage = (entries: Iterable<ErrorEntry>): string => {
  const rows = [...entries].map(
    ({ code, title }) =>
      `<tr><th scope="row"><a href="errors/${code}"><code>${code}</code></a></th><td>${escaped(title)}</td></tr>`
  )
  return page(
    'Codes of errors, warnings and problems',
    `<h1>Codes of errors, warnings and problems</h1>\n<table>\n${rows.join('\n')}\n</table>`
  )
}
