import { signedWith } from '../codes/signing.ts'
import {
  alternativeNames,
  digitalSignature,
  type ExtensionSpec,
  extendedKeyUsage,
  type Issued,
  intermediate,
  issue,
  keyPair,
  keyUsage,
  root,
  server
} from '../support/authority.ts'
import { hexBytes, oid, sequence } from '../support/der-writer.ts'

/** A chain as people make it by mistake, and what it is asked for. */
export interface Confusion {
  readonly title: string
  /** How people come to it, and what stands in the files. */
  readonly story: string
  /** Why the tools differ, where they do. */
  readonly difference?: string
  /** What to do about it. */
  readonly remedy: string
  /** Whom the client asks for. */
  readonly name: string
  /** The server's file, in its order. */
  readonly chain: readonly Issued[]
  /** Whose private key the server has. */
  readonly key: Issued
  /** The client's CA file. */
  readonly trusted: readonly Issued[]
}

const name = 'www.example.com'
const ca = root('Example Root')
const issuing = intermediate(ca, 'Example Issuing CA')
const sound = server(issuing, name)
const usual = { name, chain: [sound, issuing], key: sound, trusted: [ca] } as const

const serverAuth = extendedKeyUsage('1.3.6.1.5.5.7.3.1')
const clientAuth = extendedKeyUsage('1.3.6.1.5.5.7.3.2')
const withExtensions = (...extensions: readonly ExtensionSpec[]): Issued =>
  server(issuing, name, { extensions: [keyUsage(digitalSignature), ...extensions] })
const having = (leaf: Issued): Pick<Confusion, 'chain' | 'key'> => ({ chain: [leaf, issuing], key: leaf })

/** The old root has expired, and had signed the new one before, which is a root of its own as well. */
const crossSigned = () => {
  const old = root('Old Root', { notBefore: '000930000000', notAfter: '210930000000' })
  const key = keyPair()
  const successor = root('New Root', { key })
  const cross = intermediate(old, 'New Root', { key })
  const below = intermediate(successor, 'New Issuing CA')
  const leaf = server(below, name)
  return { old, successor, sent: { name, chain: [leaf, below, cross], key: leaf } }
}

/** UTCTime of so many hours from now. */
const hoursFromNow = (hours: number): string =>
  new Date(Date.now() + hours * 3_600_000).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)

const unmarkedAuthority = (): Pick<Confusion, 'chain' | 'key'> => {
  const unmarked = issue({ subject: 'Example Issuing CA', issuer: ca })
  const leaf = server(unmarked, name)
  return { chain: [leaf, unmarked], key: leaf }
}

const signedBySha1 = (): Pick<Confusion, 'chain' | 'key' | 'trusted'> => {
  const authority = root('Example RSA Root', { key: 'rsa2048' })
  const leaf = signedWith(authority, sequence(oid('1.2.840.113549.1.1.5'), hexBytes('0500')), 'sha1')
  return { chain: [leaf], key: leaf, trusted: [authority] }
}

/** All of them, made anew. */
export const confusions = (): readonly Confusion[] => {
  const { old, successor, sent } = crossSigned()
  return [
    {
      title: 'An expired root, and a newer cross-sign',
      story:
        'The old root has expired, and had signed the new root before it did. The server still sends that cross-certificate, as the certificate authority once told it to. The client trusts the old root alone: nobody has updated its CA file.',
      remedy:
        'Put the new root into the CA file of the client. Where clients have it, as in the next case, nothing is wrong; the cross-certificate can go as soon as no client needs it.',
      ...sent,
      trusted: [old]
    },
    {
      title: 'The same, where the client knows both roots',
      story:
        'The chain that is sent leads to the expired root, and a shorter path of its certificates to the new one. Software that takes the chain as it was sent and looks no further fails here, as OpenSSL 1.0.2 did.',
      remedy: 'Nothing. Software that refuses it needs an update, or a CA file without the expired root.',
      ...sent,
      trusted: [old, successor]
    },
    {
      title: 'A missing intermediate',
      story:
        'The server has its own certificate alone, the file that the certificate authority calls the certificate. Browsers hide the mistake: they know the intermediate from elsewhere, or fetch it.',
      remedy:
        'Configure the file with the whole chain, which some call `fullchain.pem`. `vidimus chain` completes one from `--untrusted` files, or with `--fetch`.',
      ...usual,
      chain: [sound]
    },
    {
      title: 'The end entity last',
      story:
        'The files were joined in the wrong order: `cat ca-bundle.crt server.crt`. A file’s first certificate is the one that counts, and `openssl verify` without a name and a purpose would say OK of the intermediate.',
      remedy: 'Put the end entity first: `vidimus chain` writes the file in order.',
      ...usual,
      chain: [issuing, sound]
    },
    {
      title: 'The name in the common name alone',
      story:
        'The request was made with `-subj /CN=www.example.com` and nothing else, as guides of the past have it. There is no subject alternative name.',
      difference:
        'OpenSSL, and Python with it, fall back to the common name where there is no alternative name of the type. RFC 9525 knows no common name, and neither do Go, browsers and vidimus.',
      remedy:
        'Issue it anew with the name as a subject alternative name: `-addext subjectAltName=DNS:www.example.com`.',
      ...usual,
      ...having(withExtensions(serverAuth))
    },
    {
      title: 'An IP address as a DNS name',
      story: 'The certificate is for an address, which stands as a DNS name: `subjectAltName=DNS:192.0.2.1`.',
      remedy: 'Issue it anew with `subjectAltName=IP:192.0.2.1`.',
      ...usual,
      name: '192.0.2.1',
      ...having(withExtensions(serverAuth, alternativeNames(['192.0.2.1'])))
    },
    {
      title: 'A CA without the CA flag',
      story:
        'The intermediate was issued with `openssl x509 -req` and without `-extfile`, so that it has no basic constraints. Anybody with a server’s certificate could be a CA if that were enough.',
      remedy:
        'Issue the intermediate anew with `basicConstraints=critical,CA:TRUE` and `keyUsage=critical,keyCertSign,cRLSign`.',
      ...usual,
      ...unmarkedAuthority()
    },
    {
      title: 'The wrong purpose',
      story: 'The certificate is for clients: its extended key usage has clientAuth alone, and a server uses it.',
      remedy: 'Issue one whose extended key usage has serverAuth.',
      ...usual,
      ...having(withExtensions(clientAuth, alternativeNames([name])))
    },
    {
      title: 'A clock that is off',
      story:
        'The CA’s clock is two hours ahead, or local time was taken for UTC: the certificate is valid from two hours from now. A client whose clock is behind sees the same of sound certificates.',
      remedy:
        'Set the clocks (NTP, UTC). The certificate becomes valid by itself; its CA should date back by an hour or more.',
      ...usual,
      ...having(server(issuing, name, { notBefore: hoursFromNow(2) }))
    },
    {
      title: 'The private key of another certificate',
      story:
        'The certificate was renewed with a new key, and the server still has the file of the old one. The chain itself is sound.',
      difference:
        'A key is no part of a chain: `openssl verify` is told nothing of it, and vidimus says beside the verdict whose it is. Servers find the fault when they load both files.',
      remedy: 'Configure the key that the request was made with; where it is lost, make a key and have it certified.',
      ...usual,
      key: server(issuing, name)
    },
    {
      title: 'A signature with SHA-1',
      story: 'An old internal CA still signs with its default of a decade ago, `sha1WithRSAEncryption`.',
      difference:
        '`openssl verify` asks for no strength unless it is told to by `-auth_level`; in a handshake OpenSSL does, as Python shows, whose server does not even load the file.',
      remedy: 'Issue it anew with SHA-256 (`-sha256`), and set `default_md` in the configuration of the CA.',
      ...usual,
      ...signedBySha1()
    }
  ]
}
