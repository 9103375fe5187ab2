import { Type } from 'typebox'
import { type KeyUsageName, keyUsageBits } from '../../core/model/certificate.ts'
import type { SecurityLevel } from '../../core/model/options.ts'
import { enumOf, isoTime } from './shapes.ts'

/** The options of a validation, one by one: the same in a JSON body, in a form and in a query string. */

const allOrAny = (description: string) => Type.Optional(enumOf(['all', 'any'], { description, default: 'all' }))
const flag = (description: string, byDefault: boolean) =>
  Type.Optional(Type.Boolean({ description, default: byDefault }))

const closed = { additionalProperties: false } as const

const keyUsageNames = Object.keys(keyUsageBits).filter((name): name is KeyUsageName => name in keyUsageBits)

/** Elements of a list of options: a hundred times what anybody asks for. */
const maxItems = 1_000
/** Of names of stores and object identifiers; of host names, which have 253 octets (RFC 1035 §2.3.4); of all other names. */
const short = { maxLength: 256 }
const host = { maxLength: 1_024 }
const long = { maxLength: 8_192 }

const nameTypes = ['dns', 'ip', 'email', 'uri'] as const

const subtree = Type.Object(
  {
    type: enumOf([...nameTypes, 'directory']),
    value: Type.String({ ...long, description: 'As in a name constraint; a directory name is RFC 4514.' })
  },
  closed
)

/** Those that are one value, or a list of plain values, and so can stand in a query string. */
export const scalarOptions = {
  trustStores: Type.Optional(
    Type.Array(Type.String(short), {
      maxItems,
      description:
        'Trust stores of the service, by name. Where it is not given: the default stores of the service, or none where caBundle is given.',
      examples: [['system']]
    })
  ),
  time: Type.Optional(
    Type.String({
      ...isoTime,
      maxLength: 64,
      description: 'The time at which the path must be valid, to the second. Now, where it is not given.',
      examples: ['2026-11-23T19:30:00Z']
    })
  ),
  clockSkew: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 2_147_483_647,
      default: 0,
      description: 'Seconds by which time may be off in favour of a certificate, CRL or response.'
    })
  ),
  hostname: Type.Optional(
    Type.String({
      ...host,
      description: 'The DNS name or IP address that the certificate must be for (RFC 9525).',
      examples: ['www.example.com']
    })
  ),
  namesMatch: allOrAny('Whether each of hostname and names must match, or one.'),
  purpose: Type.Optional(
    Type.Unsafe<string | string[]>({
      type: ['string', 'array'],
      ...short,
      items: { type: 'string', ...short },
      maxItems,
      description:
        'Extended key usage that the path must allow: serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning or an OID. Not judged, where it is not given.',
      examples: ['serverAuth']
    })
  ),
  purposeMatch: allOrAny('Whether each purpose must be allowed, or one.'),
  keyUsage: Type.Optional(
    Type.Array(enumOf(keyUsageNames), {
      maxItems,
      description: 'Key usage bits that the end-entity certificate must assert where it has the extension.'
    })
  ),
  profile: Type.Optional(
    enumOf(['rfc5280', 'webpki'], {
      default: 'rfc5280',
      description:
        'webpki adds what the baseline requirements of the CA/Browser Forum ask of TLS server certificates and of the CAs above them.'
    })
  ),
  certificateRules: Type.Optional(
    enumOf(['path', 'strict'], {
      default: 'path',
      description:
        'path holds certificates to RFC 5280 §6, and what §4 asks of issuers is a warning; strict makes errors of these.'
    })
  ),
  maxIntermediates: Type.Optional(
    Type.Integer({
      minimum: 0,
      description:
        'How many non-self-issued intermediate certificates a path may have at most. The limit of the service, where it is not given.'
    })
  ),
  securityLevel: Type.Optional(
    Type.Unsafe<SecurityLevel>({
      type: 'integer',
      enum: [0, 1, 2, 3, 4, 5],
      description:
        'Least strength of keys and signatures, with OpenSSL’s meaning: 0 none, 1 80 bits, 2 112, 3 128, 4 192, 5 256. The setting of the service (2), where it is not given.'
    })
  ),
  fetchIssuers: flag('Missing issuers may be fetched (caIssuers).', false),
  preset: Type.Optional(
    Type.String({
      ...short,
      description: 'A named set of options kept by the service, which the request cannot weaken.'
    })
  ),
  audience: Type.Optional(
    enumOf(['operator', 'client'], {
      default: 'operator',
      description:
        'client leaves out of the answer what an outsider should not learn: names of internal CAs, sources, stores.'
    })
  ),
  explain: Type.Optional(
    enumOf(['none', 'path', 'all'], {
      default: 'path',
      description: 'all also lists every candidate path that was tried, with the reason why it was given up.'
    })
  )
}

/** Those with a structure: in a form they are JSON, in a query string they do not stand. */
export const structuredOptions = {
  names: Type.Optional(
    Type.Array(Type.Object({ type: enumOf([...nameTypes]), value: Type.String(long) }, closed), {
      maxItems,
      description: 'Further identities that the certificate must be for.',
      examples: [[{ type: 'email', value: 'someone@example.com' }]]
    })
  ),
  nameConstraints: Type.Optional(
    Type.Object(
      {
        permitted: Type.Optional(Type.Array(subtree, { maxItems })),
        excluded: Type.Optional(Type.Array(subtree, { maxItems }))
      },
      { ...closed, description: 'Initial subtrees, RFC 5280 §6.1.1 (h), (i).' }
    )
  ),
  policies: Type.Optional(
    Type.Object(
      {
        initial: Type.Optional(
          Type.Array(Type.String(short), { minItems: 1, maxItems, description: 'OIDs; any policy by default.' })
        ),
        requireExplicit: flag('RFC 5280 §6.1.1 (e)', false),
        inhibitMapping: flag('RFC 5280 §6.1.1 (f)', false),
        inhibitAny: flag('RFC 5280 §6.1.1 (g)', false)
      },
      { ...closed, description: 'Inputs of RFC 5280 §6.1.1, processed as the graph of RFC 9618.' }
    )
  ),
  anchorRules: Type.Optional(
    Type.Object(
      {
        validity: flag('Its validity period counts.', true),
        constraints: flag('Its form, constraints, usages and policies count (RFC 5937).', true),
        acceptTarget: flag('An end-entity certificate that is itself an anchor is accepted.', true)
      },
      { ...closed, description: 'What of the certificate of a trust anchor counts.' }
    )
  ),
  ocspResponses: Type.Optional(Type.Array(Type.String(), { description: 'OCSP responses to use, each in base64.' })),
  revocation: Type.Optional(
    Type.Object(
      {
        mode: Type.Optional(
          enumOf(['off', 'prefer', 'require'], {
            description:
              'prefer fails on revoked only, require on unknown as well. off, unless crls or ocspResponses are given: then require.'
          })
        ),
        scope: Type.Optional(
          enumOf(['leaf', 'chain'], { default: 'chain', description: 'chain: all but the anchor.' })
        ),
        maxAge: Type.Optional(
          Type.Integer({
            minimum: 0,
            description: 'Seconds: the oldest evidence that is accepted. Any age by default.'
          })
        ),
        fetch: flag('Distribution points and responders may be asked; mode is require then, unless given.', false)
      },
      { ...closed, description: 'Whether certificates have been revoked, and how to find out.' }
    )
  )
}
