import {
  alternativeNames,
  basicConstraints,
  certSignAndCrlSign,
  commonName,
  dnsName,
  type ExtensionSpec,
  extension,
  keyUsage,
  root,
  server,
  utf8
} from '../../support/authority.ts'
import { explicit, hexBytes, oid, sequence, tlv } from '../../support/der-writer.ts'
import { joined, json, largest, type OwnCase, pem, times } from './case.ts'

const ascii = (tag: number, text: string): Uint8Array => tlv(tag, Buffer.from(text, 'latin1'))
const directory = (text: string): Uint8Array => explicit(4, commonName(text))
const address = (n: number): Uint8Array => Uint8Array.of(10, n >> 16, (n >> 8) & 0xff, n & 0xff)

/** For each type of name, the nth name and the nth constraint, which holds the nth name alone. */
interface Numbered {
  readonly name: (n: number) => Uint8Array
  readonly base: (n: number) => Uint8Array
}

const types: Readonly<Record<string, Numbered>> = {
  DNS: { name: (n) => dnsName(`w.host${n}.test`), base: (n) => dnsName(`host${n}.test`) },
  email: { name: (n) => ascii(0x81, `a@host${n}.test`), base: (n) => ascii(0x81, `host${n}.test`) },
  URI: { name: (n) => ascii(0x86, `http://host${n}.test/`), base: (n) => ascii(0x86, `host${n}.test`) },
  directory: { name: (n) => directory(`Name ${n}`), base: (n) => directory(`Name ${n}`) },
  IP: {
    name: (n) => tlv(0x87, address(n)),
    base: (n) => tlv(0x87, address(n), hexBytes('ff ff ff ff'))
  },
  registeredId: {
    name: (n) => tlv(0x88, oid(`1.2.${n}`).subarray(2)),
    base: (n) => tlv(0x88, oid(`1.2.${n}`).subarray(2))
  }
}

const constraints = (tag: number, bases: readonly Uint8Array[]): ExtensionSpec =>
  extension('2.5.29.30', sequence(explicit(tag, Buffer.concat(bases.map((base) => sequence(base))))), true)

const many = 10_000

const constrained =
  ({ name, base }: Numbered, tag: number): OwnCase['make'] =>
  () => {
    const ca = root('Test CA', {
      extensions: [basicConstraints(true), keyUsage(certSignAndCrlSign), constraints(tag, times(many, base))]
    })
    // Excluded are others, so that each name has to be held against all.
    const names = times(many, (n) => name(tag === 0 ? many - 1 - n : many + n))
    return json({
      chain: server(ca, 'www.example.test', { subject: sequence(), extensions: [alternativeNames(names, true)] }).pem,
      caBundle: ca.pem
    })
  }

export const nameConstraints: readonly OwnCase[] = Object.entries(types).flatMap(([type, numbered]) =>
  [0, 1].map(
    (tag) =>
      ({
        id: `10,000 ${type} names against 10,000 ${tag === 0 ? 'permitted' : 'excluded'} subtrees`,
        allowed: ['invalid'],
        make: constrained(numbered, tag)
      }) satisfies OwnCase
  )
)

const ca = root('Test CA')
const of =
  (spec: Parameters<typeof server>[2]): OwnCase['make'] =>
  () =>
    json({ chain: server(ca, 'www.example.test', spec).pem, caBundle: ca.pem })
const withNames =
  (make: () => readonly Uint8Array[]): OwnCase['make'] =>
  () =>
    of({ extensions: [alternativeNames(make())] })()
const withSubject =
  (make: () => Uint8Array): OwnCase['make'] =>
  () =>
    of({ subject: make() })()

const attribute = (n: number): Uint8Array => sequence(oid('2.5.4.3'), utf8(n.toString(36)))
const verdict = ['valid', 'invalid'] as const
const inJson = 5_500_000

/** Letters with marks in an order that a normalisation has to sort. */
const marks = (count: number): string => `a${'\u0300\u0316'.repeat(count)}`

export const names: readonly OwnCase[] = [
  {
    id: '300,000 alternative names',
    allowed: verdict,
    make: withNames(() => times(300_000, (n) => dnsName(`a${n}.test`)))
  },
  {
    id: '1,500,000 empty alternative names',
    allowed: verdict,
    make: withNames(() => [joined(1_500_000, () => Uint8Array.of(0x82, 0))])
  },
  { id: 'a DNS name of 5 MB', allowed: verdict, make: withNames(() => [dnsName('a.'.repeat(inJson / 2))]) },
  {
    id: 'a DNS name of 5 MB in Punycode',
    allowed: verdict,
    make: withNames(() => [dnsName(`xn--${'a'.repeat(inJson)}`)])
  },
  {
    id: 'a URI of 5 MB',
    allowed: verdict,
    make: withNames(() => [ascii(0x86, `http://${'a:@/?#%['.repeat(inJson / 8)}`)])
  },
  {
    id: 'an email address of 5 MB',
    allowed: verdict,
    make: withNames(() => [ascii(0x81, `"${'a\\"@'.repeat(inJson / 4)}"@example.test`)])
  },
  {
    id: 'a mailbox in UTF-8 of 5 MB',
    allowed: verdict,
    make: withNames(() => [
      explicit(0, oid('1.3.6.1.5.5.7.8.9'), explicit(0, utf8(`${'é'.repeat(inJson / 2)}@é.test`)))
    ])
  },
  { id: 'a common name of 5 MB', allowed: verdict, make: withSubject(() => commonName('é'.repeat(inJson / 2))) },
  {
    id: 'a common name of a million marks to be sorted',
    allowed: verdict,
    make: withSubject(() => commonName(marks(600_000)))
  },
  {
    id: 'a common name of ligatures that grow eighteenfold',
    allowed: verdict,
    make: withSubject(() => commonName('\ufdfa'.repeat(inJson / 3)))
  },
  { id: 'a common name of 5 MB of space', allowed: verdict, make: withSubject(() => commonName(' '.repeat(inJson))) },
  {
    id: 'a common name in BMPString of 5 MB',
    allowed: verdict,
    make: withSubject(() =>
      sequence(tlv(0x31, sequence(oid('2.5.4.3'), tlv(0x1e, Buffer.alloc(inJson, '\u0130', 'utf16le')))))
    )
  },
  {
    id: 'a relative name of 300,000 attributes',
    allowed: verdict,
    make: withSubject(() => sequence(tlv(0x31, joined(300_000, attribute))))
  },
  {
    id: '300,000 relative names',
    allowed: verdict,
    make: withSubject(() => sequence(joined(300_000, (n) => tlv(0x31, attribute(n)))))
  },
  {
    id: '300,000 email addresses in the subject',
    allowed: verdict,
    make: withSubject(() =>
      sequence(joined(150_000, (n) => tlv(0x31, sequence(oid('1.2.840.113549.1.9.1'), ascii(0x16, `a@b${n}.test`)))))
    )
  },
  {
    id: 'an object identifier of 4 MB',
    allowed: [...verdict, 'reject'],
    make: withSubject(() =>
      sequence(tlv(0x31, sequence(tlv(6, Buffer.alloc(4_000_000, 0x81), Uint8Array.of(1)), utf8('x'))))
    )
  },
  {
    id: '500,000 purposes',
    allowed: verdict,
    make: () => of({ extensions: [extension('2.5.29.37', sequence(joined(500_000, (n) => oid(`1.3.6.1.${n}`))))] })()
  },
  {
    id: 'a serial number of 5 MB',
    allowed: [...verdict, 'reject'],
    make: () =>
      of({ alter: ([version, , ...rest]) => [version ?? sequence(), tlv(2, Buffer.alloc(inJson, 0x7f)), ...rest] })()
  },
  {
    id: '1,000 names asked for, against 100,000 in the certificate',
    allowed: verdict,
    make: () =>
      json({
        chain: server(ca, 'www.example.test', { extensions: [alternativeNames(times(100_000, (n) => `*.a${n}.test`))] })
          .pem,
        caBundle: ca.pem,
        names: times(1_000, (n) => ({ type: 'dns', value: `b.b${n}.test` }))
      })
  },
  {
    id: 'a host name of 8 MB to be made into Punycode',
    allowed: ['reject', 'limit', 'invalid'],
    make: () => json({ chain: server(ca).pem, caBundle: ca.pem, hostname: 'ü.'.repeat((largest - 4_000) / 3) })
  },
  {
    id: '30,000 initial subtrees',
    allowed: [...verdict, 'reject', 'limit'],
    make: () =>
      json({
        chain: server(ca).pem,
        caBundle: ca.pem,
        nameConstraints: { permitted: times(30_000, (n) => ({ type: 'directory', value: `CN=Name ${n}` })) }
      })
  },
  {
    id: '200 certificates of 1,000 names each under each other',
    allowed: verdict,
    make: () =>
      json({
        chain: pem(
          times(200, (n) =>
            server(ca, `a${n}.test`, { extensions: [alternativeNames(times(1_000, (m) => `b${m}.test`))] })
          )
        ),
        caBundle: ca.pem
      })
  }
]
