// The order of the guide: what is read one after the other, by the four kinds of documentation.
import { globSync } from 'node:fs'

const numbered = (folder, project) =>
  globSync(`${folder}/[0-9]*.md`, { cwd: project })
    .map((name) => name.replaceAll('\\', '/'))
    .sort()

/** The page that the guide opens with. */
export const home = 'docs/README.md'

const groupsOf = (project) => [
  { title: 'Tutorial', pages: ['docs/tutorial/README.md', ...numbered('docs/tutorial', project)] },
  {
    title: 'How to',
    pages: [
      'docs/how-to/refused.md',
      'docs/confusions.md',
      'docs/how-to/ci.md',
      'docs/how-to/sidecar.md',
      'docs/how-to/repair.md',
      'docs/how-to/expiry.md',
      'docs/how-to/trust-stores.md',
      'docs/how-to/revocation.md',
      'docs/how-to/client-certificates.md',
      'docs/client.md',
      'docs/how-to/operate.md',
      'docs/replicas.md'
    ]
  },
  {
    title: 'Reference',
    pages: ['docs/reference/api.md', 'docs/reference/command-line.md', 'docs/configuration.md', 'docs/errors.md']
  },
  {
    title: 'Explanation',
    pages: [
      'docs/explanation/paths.md',
      'docs/explanation/modes.md',
      'docs/explanation/speed.md',
      'docs/threat-model.md',
      'docs/decisions/README.md'
    ]
  },
  {
    title: 'Project',
    pages: ['SECURITY.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'docs/benchmarks.md', 'docs/releasing.md']
  }
]

/** Pages that are found by their folder's page, and not one by one. */
const unlisted = (project) => numbered('docs/decisions', project)

/** Groups of those pages that are there; what nobody has put into an order yet stands at the end. */
export const navigationOf = (project) => {
  const present = new Set(
    globSync(['docs/**/*.md', '*.md'], { cwd: project }).map((name) => name.replaceAll('\\', '/'))
  )
  const groups = groupsOf(project).map(({ title, pages }) => ({
    title,
    pages: pages.filter((page) => present.has(page))
  }))
  const known = new Set([home, ...unlisted(project), ...groups.flatMap(({ pages }) => pages)])
  const more = [...present].filter((page) => page.startsWith('docs/') && !known.has(page)).sort()
  return {
    groups: more.length === 0 ? groups : [...groups, { title: 'More', pages: more }],
    unlisted: unlisted(project)
  }
}
