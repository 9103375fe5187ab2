// Writes docs/reference/command-line.md from the table that the commands are parsed, helped and completed by; with --check it writes
// nothing and fails when the page is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import { commands } from '../dist/cli/commands.js'
import { optionName } from '../dist/cli/help.js'
import { exitStatuses } from '../dist/cli/man.js'

const file = new URL('../docs/reference/command-line.md', import.meta.url)

/** Text of the table as Markdown shows it: nothing in it is markup. */
const plain = (text) => text.replaceAll(/([\\`*_<>|[\]])/g, '\\$1')

const optionRow = (option) => {
  const { text, choices, multiple } = option
  const more = [
    ...(choices === undefined ? [] : [`One of ${choices.map((each) => `\`${each}\``).join(', ')}.`]),
    ...(multiple === true ? ['It may be given several times.'] : [])
  ]
  return `| \`${optionName(option)}\` | ${[plain(text), ...more].join(' ')} |`
}

const section = ({ name, operands, summary, text, options }) => {
  const usage = ['vidimus', name, ...(options.length === 0 ? [] : ['[OPTIONS]']), operands].join(' ').trim()
  return [
    `## vidimus ${name}`,
    plain(summary),
    `\`\`\`text\n${usage}\n\`\`\``,
    plain(text),
    ...(options.length === 0 ? [] : [`| Option | Means |\n| --- | --- |\n${options.map(optionRow).join('\n')}`])
  ].join('\n\n')
}

const page = `# Command line

Written by \`npm run cli:reference\` from the table that \`vidimus --help\` and \`vidimus man\` are made of.

\`vidimus\` without a command serves, configured by [variables of the environment](../configuration.md). \`vidimus COMMAND --help\` says what this page says
of a command; \`vidimus --version\` the version.

${commands.map(section).join('\n\n')}

## Exit status

| Status | Means |
| --- | --- |
${exitStatuses.map(([status, text]) => `| ${status} | ${plain(text)} |`).join('\n')}

## Environment

\`NO_COLOR\`, set to anything, takes away the colours. Into a pipe or a file they are never written.
`

const stale = () => {
  try {
    return readFileSync(file, 'utf8') !== page
  } catch {
    return true
  }
}

if (!process.argv.includes('--check')) {
  writeFileSync(file, page)
} else if (stale()) {
  console.error('docs/reference/command-line.md is stale: run "npm run cli:reference" and commit what it writes.')
  process.exitCode = 1
}
