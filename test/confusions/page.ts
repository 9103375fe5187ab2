import { type Answers, askAll, type Said, versions } from './ask.ts'
import { type Confusion, confusions } from './cases.ts'

const tools = [
  ['openssl', 'OpenSSL'],
  ['go', 'Go'],
  ['python', 'Python'],
  ['vidimus', 'vidimus']
] as const

/** Asks all tools, and writes what they say as the page docs/confusions.md. */
export const confusionsPage = (): string => {
  const cases = confusions()
  const answers = askAll(cases)
  const { openssl, go, python } = versions()
  return `# Famous confusions

What people get wrong with certificates, and what OpenSSL, Go, Python and vidimus say to the very same files. Written by
\`npm run confusions\`, which makes the chains anew and really asks: ${openssl}, ${go}, ${python}.

- **OpenSSL**: \`openssl verify -CAfile ca.pem -untrusted chain.pem -purpose sslserver -verify_hostname NAME chain.pem\` (\`-verify_ip\` for
  an address). It is told nothing of the private key.
- **Go**: crypto/tls loads the pair of files, and crypto/x509 verifies the chain for the name ([verify.go](../test/confusions/verify.go)).
- **Python**: a handshake of the ssl module between a server with the files and a client with \`create_default_context\`
  ([handshake.py](../test/confusions/handshake.py)).
- **vidimus**: \`vidimus validate combined.pem --ca-file ca.pem --hostname NAME --purpose serverAuth\`, the private key in the same file. The number
  after a code is the certificate of the path, 0 the end entity.

| Confusion | ${tools.map(([, tool]) => tool).join(' | ')} |
| --- | ${tools.map(() => '---').join(' | ')} |
${cases.map(({ title }, at) => overview(title, answers[at])).join('\n')}

${cases.map((confusion, at) => section(confusion, answers[at])).join('\n\n')}
`
}

const verdict = (said: Said | undefined): string => (said?.accepts === true ? 'accepts' : 'refuses')

const overview = (title: string, answers: Answers | undefined): string =>
  `| [${title}](#${anchorOf(title)}) | ${tools.map(([tool]) => verdict(answers?.[tool])).join(' | ')} |`

const section = ({ title, story, difference, remedy }: Confusion, answers: Answers | undefined): string =>
  [
    `## ${title}`,
    story,
    `| Tool | Verdict | What it says |\n| --- | --- | --- |\n${tools.map(([tool, called]) => `| ${called} | ${verdict(answers?.[tool])} | ${plain(answers?.[tool].words ?? '')} |`).join('\n')}`,
    ...(difference === undefined ? [] : [`**Why they differ.** ${difference}`]),
    `**What to do.** ${remedy}`
  ].join('\n\n')

const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-')

/** Words of a tool as Markdown shows them: nothing in them is markup. */
const plain = (text: string): string => text.replaceAll('\n', ' ').replaceAll(/([\\`*_<>|[\]])/g, '\\$1')

/** What of the page holds whatever the versions of the tools are: their verdicts, and all that vidimus says. */
export const lasting = (page: string): string =>
  page
    .replace(/really asks: .*\.$/m, 'really asks.')
    .replaceAll(/^(\| (?:OpenSSL|Go|Python) \| (?:accepts|refuses) \|).*$/gm, '$1')
