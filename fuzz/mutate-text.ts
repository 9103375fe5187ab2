import type { Random } from './random.ts'

/** Lines that a reader of PEM may stumble over. */
const lines = [
  '',
  ' ',
  '\t',
  '-----BEGIN CERTIFICATE-----',
  '-----END CERTIFICATE-----',
  '-----BEGIN CERTIFICATE----',
  '----BEGIN CERTIFICATE-----',
  '-----BEGIN  CERTIFICATE-----',
  '-----BEGIN TRUSTED CERTIFICATE-----',
  '-----BEGIN X509 CRL-----',
  '-----END X509 CRL-----',
  '-----BEGIN PKCS7-----',
  '-----BEGIN RSA PRIVATE KEY-----',
  'Proc-Type: 4,ENCRYPTED',
  'DEK-Info: AES-128-CBC,00',
  'Comment: "a',
  '=',
  '====',
  'AAAA',
  'MIIB',
  '\u0000',
  '\ufeff',
  '-----',
  '-----BEGIN -----',
  '-----END -----',
  '-----BEGIN CERTIFICATE-----trailing',
  'A'.repeat(70_000),
  '\u2028',
  '# comment',
  '*'
] as const

type Mutation = (text: readonly string[], at: number, random: Random) => readonly string[]

const mutations: readonly Mutation[] = [
  (text, at) => text.toSpliced(at, 1),
  (text, at) => text.toSpliced(at, 0, text[at] ?? ''),
  (text, at, random) => text.toSpliced(at, 0, random.pick(lines)),
  (text, at, random) => text.toSpliced(at, 1, random.pick(lines)),
  (text, at, random) => text.toSpliced(at, 1, cut(text[at] ?? '', random)),
  (text, at) => text.toSpliced(at, 2, `${text[at] ?? ''}${text[at + 1] ?? ''}`),
  (text, at, random) =>
    text.toSpliced(at, 1, `${' '.repeat(random.below(3))}${text[at] ?? ''}${random.pick([' ', '\t', '\r', '='])}`),
  (text, at, random) => text.toSpliced(at, 1, changed(text[at] ?? '', random)),
  (text, at) => [...text.slice(at), ...text.slice(0, at)],
  (text, at, random) => [...text, ...text.slice(at, at + random.below(40))]
]

const cut = (line: string, random: Random): string => line.slice(0, random.below(line.length + 1))

const changed = (line: string, random: Random): string => {
  const at = random.below(line.length)
  return `${line.slice(0, at)}${String.fromCharCode(random.below(random.chance(4) ? 65_536 : 128))}${line.slice(at + 1)}`
}

const most = 1_000_000

/** `text` with one to six of its lines changed. */
export const mutateText = (text: string, random: Random): string => {
  let all: readonly string[] = text.split('\n')
  for (let left = 1 + random.below(6); left > 0; left--)
    all = random.pick(mutations)(all, random.below(all.length), random)
  const written = all.join(random.chance(8) ? '\r\n' : random.chance(16) ? '\r' : '\n')
  return written.length > most ? text : written
}
