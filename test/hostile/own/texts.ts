import { root, server } from '../../support/authority.ts'
import { base64, file, json, largest, type OwnCase, plain, text, times } from './case.ts'

const ca = root('Test CA')
const refused = ['reject', 'limit'] as const
const answered = ['valid', 'invalid', ...refused] as const

const begin = '-----BEGIN CERTIFICATE-----\n'
const end = '-----END CERTIFICATE-----\n'
const body = base64(server(ca).der)
const filled = (piece: string, size = largest - 500): string => piece.repeat(Math.floor(size / piece.length))

/** Texts that a reader of PEM may stumble over, the first certificate in them where there is one. */
const pemTexts: Readonly<Record<string, () => string>> = {
  'a million header lines': () => `${begin}${'A: b\n'.repeat(1_000_000)}\n${body}\n${end}`,
  'a million header lines without an end': () => `${begin}${'A: b\n'.repeat(1_000_000)}${body}\n${end}`,
  'a header of 8 MB': () => `${begin}${filled('A:')}\n\n${body}\n${end}`,
  'a million empty lines in base64': () =>
    `${begin}${body.slice(0, 64)}${'\n'.repeat(1_000_000)}${body.slice(64)}\n${end}`,
  'a space after each character of base64': () => filled(`${begin}${[...body].join(' \n')}\n${end}`),
  '8 MB of space in base64': () => `${begin}${body.slice(0, 64)}${filled(' \t')}${body.slice(64)}\n${end}`,
  '8 MB of hyphens': () => filled('-'),
  '8 MB of BEGIN lines': () => filled(begin),
  '8 MB of END lines': () => filled(end),
  '8 MB of BEGIN without an end of the line': () => filled('-----BEGIN '),
  '8 MB of BEGIN and labels that never end': () => filled('-----BEGIN CERTIFICATE- '),
  '8 MB of blocks of an unknown label': () => filled('-----BEGIN A-----\n-----END A-----\n'),
  '8 MB of backslashes': () => `${begin}${filled('\\')}${end}`,
  '8 MB of escaped line ends': () => `${begin}${filled('\\n')}${body}\n${end}`,
  '8 MB of quotation marks before a boundary': () => `${filled('"')}${begin}${body}\n${end}`,
  '8 MB of quotation marks between boundaries in a line': () => filled(`${'"'.repeat(200)}-----BEGIN CERTIFICATE-----`),
  '8 MB of CR': () => `${begin}${filled('\r')}${body}\n${end}`,
  '8 MB of base64 that is no DER': () => `${begin}${filled('QUFB')}\n${end}`,
  '8 MB of base64 without a block': () => filled('MIIB'),
  '8 MB of equals signs': () => `${begin}${filled('=')}\n${end}`,
  '8 MB of text before a certificate': () => `${filled('Some text. ')}\n${begin}${body}\n${end}`,
  '2 million characters beyond ASCII': () => `${begin}${filled('é', 2_000_000)}\n${end}`
}

const jsonTexts: Readonly<Record<string, () => string>> = {
  '8 million brackets': () => filled('['),
  '8 MB of objects within each other': () => filled('{"a":'),
  '4 million numbers': () => `{"chain":[${filled('0,')}0]}`,
  '99,000 empty strings': () => `{"chain":[${'"",'.repeat(99_000)}""]}`,
  '99,000 names': () => `{${times(99_000, (n) => `"a${n}":0`).join()}}`,
  'a name 99,000 times': () => `{${times(99_000, () => '"chain":""').join()}}`,
  'a name 99,000 times, written in different ways': () => `{${times(99_000, () => '"\\u0063hain":""').join()}}`,
  '99,000 names that are numbers': () => `{${times(99_000, (n) => `"${n * 40_000}":0`).join()}}`,
  'a name of 8 MB': () => `{"${filled('a')}":0}`,
  'a number of 8 MB': () => `{"clockSkew":${filled('9')}}`,
  'a fraction of 8 MB': () => `{"clockSkew":0.${filled('9')}}`,
  'a string of 8 MB of escapes': () => `{"chain":"${filled('\\u0041')}"}`,
  'a string of 8 MB of backslashes': () => `{"chain":"${filled('\\\\')}"}`,
  'a string of 8 MB of escaped quotation marks': () => `{"chain":"${filled('\\"')}"}`,
  '8 MB of space': () => `{${filled(' ')}}`,
  '8 MB that is no JSON': () => filled('a'),
  '8 MB in Unicode': () => `{"chain":"${filled('€', 2_700_000)}"}`,
  '24,000 names asked for': () =>
    JSON.stringify({ chain: 'x', names: times(24_000, (n) => ({ type: 'dns', value: `a${n}.test` })) }),
  '90,000 purposes': () => JSON.stringify({ chain: body, purpose: times(90_000, (n) => `1.2.${n}`) }),
  '90,000 purposes that are none': () => JSON.stringify({ chain: body, purpose: times(90_000, () => 'a') }),
  '24,000 names asked for, and a field that is not known': () =>
    JSON.stringify({ a: 0, chain: body, names: times(24_000, (n) => ({ type: 'dns', value: `a${n}.test` })) }),
  '99,000 texts, and a field that is not known': () => JSON.stringify({ a: 0, chain: times(99_000, (n) => `a${n}`) }),
  '99,000 texts, the last of which is a number': () => JSON.stringify({ chain: [...times(99_000, (n) => `a${n}`), 0] }),
  '99,000 numbers where texts belong': () => JSON.stringify({ chain: times(99_000, () => 0) }),
  '900 purposes of 8 KB': () => JSON.stringify({ chain: body, purpose: times(900, () => 'a'.repeat(8_192)) }),
  '90,000 OCSP responses': () => JSON.stringify({ chain: body, ocspResponses: times(90_000, () => 'MAA=') }),
  '90,000 trust stores': () => JSON.stringify({ chain: body, trustStores: times(90_000, (n) => `a${n}`) }),
  'a time of 8 MB': () => JSON.stringify({ chain: body, time: filled('2') }),
  'an object identifier of 8 MB': () => JSON.stringify({ chain: body, purpose: `1.${filled('2')}` }),
  'an object identifier of 4 million arcs': () => JSON.stringify({ chain: body, purpose: `1${filled('.2')}` }),
  'a directory name of 8 MB': () =>
    JSON.stringify({
      chain: body,
      nameConstraints: { permitted: [{ type: 'directory', value: `CN=${filled('\\+,CN=')}` }] }
    }),
  'an email address of 8 MB': () =>
    JSON.stringify({ chain: body, names: [{ type: 'email', value: `"${filled('a@')}"@b.test` }] }),
  'a URI of 8 MB': () => JSON.stringify({ chain: body, names: [{ type: 'uri', value: `http://${filled('a.')}` }] }),
  'an IPv6 address of 8 MB': () => JSON.stringify({ chain: body, hostname: filled(':') })
}

const formType = 'multipart/form-data; boundary=b'
const formText =
  (octets: string): OwnCase['make'] =>
  () =>
    file(formType, Buffer.from(octets))
const part = (name: string, value: string): string =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`

const forms: readonly OwnCase[] = [
  {
    id: 'a form of 100,000 parts',
    allowed: refused,
    make: () => formText(`${part('a', '').repeat(100_000)}--b--\r\n`)()
  },
  {
    id: 'a form with a header of 8 MB',
    allowed: answered,
    make: () => formText(`--b\r\n${filled('a: b\r\n')}\r\n\r\n\r\n--b--\r\n`)()
  },
  {
    id: 'a form with a field name of 8 MB',
    allowed: answered,
    make: () => formText(`${part(filled('a'), '')}--b--\r\n`)()
  },
  {
    id: 'a form of 8 MB that nearly ends its part',
    allowed: answered,
    make: () => formText(`${part('chain', filled('\r\n--'))}--b--\r\n`)()
  },
  { id: 'a form without an end', allowed: answered, make: () => formText(part('chain', filled('a')))() },
  { id: 'a form of 8 MB of line ends', allowed: answered, make: () => formText(filled('\r\n'))() },
  {
    id: 'a form with options of 8 MB',
    allowed: answered,
    make: () => formText(`${part('chain', body)}${part('options', `{"a":"${filled('a')}"}`)}--b--\r\n`)()
  },
  {
    id: 'a form with a list of 8 MB of commas',
    allowed: refused,
    make: () => formText(`${part('chain', body)}${part('purpose', filled(','))}--b--\r\n`)()
  },
  {
    id: 'a form whose files are binary',
    allowed: answered,
    make: () => formText(`${part('chain', '\0'.repeat(100)).repeat(8)}${part('chain', filled('\0a'))}--b--\r\n`)()
  }
]

export const texts: readonly OwnCase[] = [
  ...Object.entries(pemTexts).flatMap(([id, make]) => [
    { id: `PEM: ${id}`, allowed: answered, make: () => plain(make()) },
    { id: `PEM in JSON: ${id}`, allowed: answered, make: () => json({ chain: make(), caBundle: ca.pem }) }
  ]),
  ...Object.entries(jsonTexts).map(([id, make]) => ({
    id: `JSON: ${id}`,
    allowed: answered,
    make: () => text(make())
  })),
  ...forms
]
