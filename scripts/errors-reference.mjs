// Writes docs/errors.md from the table of codes in the built service; with --check it writes nothing and fails when the page is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import { namesElsewhere } from '../dist/core/model/code-entry.js'
import { errorEntries } from '../dist/http/errors/error-entry.js'
import { placeOf } from '../dist/http/errors/error-page.js'

const file = new URL('../docs/errors.md', import.meta.url)

/** Text of the table as Markdown shows it: nothing in it is markup. */
const plain = (text) => text.replaceAll(/([\\`*_<>|[\]])/g, '\\$1')

const section = (entry) => {
  const { code, title, meaning, remedy, causes, check, reference } = entry
  const names = namesElsewhere(entry.otherNames).map(([tool, name]) => `${tool}: ${plain(name)}`)
  return [
    `### ${code}`,
    `**${plain(title)}.** ${plain(meaning)}`,
    `*What to do.* ${plain(remedy)}`,
    ...(causes.length === 0
      ? []
      : [`*How it comes about.*\n\n${causes.map((cause) => `- ${plain(cause)}`).join('\n')}`]),
    ...(check === null
      ? []
      : [`*How to check it.* Look for: ${plain(check.shows)}\n\n\`\`\`sh\n${check.command}\n\`\`\``]),
    ...(reference === null ? [] : [`*The rule.* ${plain(reference)}`]),
    ...(names.length === 0 ? [] : [`*What others call it.*\n\n${names.map((name) => `- ${name}`).join('\n')}`]),
    plain(placeOf(entry))
  ].join('\n\n')
}

const entries = [...errorEntries.values()]
const inVerdicts = entries.filter((entry) => entry.inVerdicts)
const problems = entries.filter((entry) => !entry.inVerdicts)
const text = `# Codes of errors, warnings and problems

Written by \`npm run errors:reference\` from the table that \`GET /errors\` and \`GET /errors/{code}\` answer from. A code is never renamed or
given a second meaning.

Command lines are of OpenSSL 3 and speak of files: \`cert.pem\` is the certificate at fault and \`issuer.pem\` the one above it, \`chain.pem\` what
was sent, \`ca.pem\` the trust anchors, \`crl.pem\` and \`response.der\` the evidence.

## In verdicts

${inVerdicts.map(section).join('\n\n')}

## Problems

${problems.map(section).join('\n\n')}
`

const stale = () => {
  try {
    return readFileSync(file, 'utf8') !== text
  } catch {
    return true
  }
}

if (!process.argv.includes('--check')) {
  writeFileSync(file, text)
} else if (stale()) {
  console.error('docs/errors.md is stale: run "npm run errors:reference" and commit what it writes.')
  process.exitCode = 1
}
