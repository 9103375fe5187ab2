import { getCACertificates } from 'node:tls'
import { pino } from 'pino'
import { readAnchors } from '../core/decode/input/read-anchors.ts'
import { trustStore } from '../core/decode/input/trust-store.ts'
import { defaultLimits } from '../core/model/limits.ts'
import { purposeOid, purposeRule, type SecurityLevel } from '../core/model/options.ts'
import type { Material, ValidationRequest, ValidationRequestOptions } from '../core/model/request.ts'
import type { TrustStore } from '../core/model/trust-store.ts'
import { fetchingOf } from '../fetching.ts'
import { readConfig } from '../service/config.ts'
import { materialOf } from '../service/material.ts'
import type { ValidationParts } from '../service/validation.ts'
import { TrustRegistry } from '../trust/registry.ts'
import { readInputs } from './files.ts'
import { type Given, InputError, UsageError } from './option.ts'

/** Objects in one chain and what is sent with it: as many as the service takes by default. */
const maxCertificates = 2_000

/** A request without its chain. */
export type Question = Omit<ValidationRequest, 'chain'>

/** What the options of a command ask. Throws a `UsageError` or an `InputError`. */
export const questionOf = async (given: Given): Promise<Question> => {
  const [caBundle, intermediates, crls] = [
    await materialIn(given.list('ca-file')),
    await materialIn(given.list('untrusted')),
    await materialIn(given.list('crl-file'))
  ]
  const responses = await readInputs(given.list('ocsp-file'))
  const stores = given.list('trust-store')
  return {
    ...optionsOf(given),
    ...(caBundle === undefined ? {} : { caBundle }),
    ...(intermediates === undefined ? {} : { intermediates }),
    ...(crls === undefined ? {} : { crls }),
    ...(responses.length === 0 ? {} : { ocspResponses: responses.map((der) => Buffer.from(der).toString('base64')) }),
    ...(stores.length === 0 ? {} : { trustStores: stores })
  }
}

const materialIn = async (paths: readonly string[]): Promise<Material | undefined> =>
  materialOf(await readInputs(paths))

const optionsOf = (given: Given): ValidationRequestOptions => {
  const [hostname, email, time, level] = ['hostname', 'email', 'time', 'security-level'].map((name) => given.text(name))
  const purpose = given.list('purpose')
  for (const text of purpose) if (purposeOid(text) === undefined) throw new UsageError(`--purpose ${purposeRule}.`)
  const mode = given.text('revocation')
  const mayFetch = given.on('fetch')
  const revocation: NonNullable<ValidationRequestOptions['revocation']> = {
    ...(mode === 'off' || mode === 'prefer' || mode === 'require' ? { mode } : {}),
    ...(mayFetch && mode !== undefined && mode !== 'off' ? { fetch: true } : {})
  }
  return {
    ...(hostname === undefined ? {} : { hostname }),
    ...(email === undefined ? {} : { names: [{ type: 'email', value: email }] }),
    ...(time === undefined ? {} : { time }),
    ...(purpose.length === 0 ? {} : { purpose }),
    ...(given.text('profile') === 'webpki' ? { profile: 'webpki' } : {}),
    ...(given.on('strict') ? { certificateRules: 'strict' } : {}),
    ...(level === undefined ? {} : { securityLevel: levelOf(level) }),
    ...(Object.keys(revocation).length === 0 ? {} : { revocation }),
    ...(mayFetch ? { fetchIssuers: true } : {})
  }
}

const levels: readonly SecurityLevel[] = [0, 1, 2, 3, 4, 5]
const levelOf = (text: string): SecurityLevel => levels[Number(text)] ?? 2

/** What judges here: the lists of roots that are asked for, and the way out to the network where that is allowed. */
export const partsFor = (given: Given): Omit<ValidationParts, 'validate'> => {
  const clock = (): number => Math.floor(Date.now() / 1_000)
  const named = given.list('trust-store')
  const registry = new TrustRegistry()
  for (const name of named.length === 0 && given.list('ca-file').length === 0 ? ['system'] : named)
    registry.put(name, {
      store: rootsOf(name),
      origin: 'system',
      from: `node-${process.versions.node}`,
      since: clock()
    })
  const fetching = given.on('fetch') ? fetchingFor(clock) : undefined
  return {
    registry,
    defaultStores: ['system'],
    clock,
    securityLevel: 2,
    limits: defaultLimits,
    maxCertificates,
    gathering: fetching && (() => fetching.gathering())
  }
}

const rootsOf = (name: string): TrustStore => {
  const pem = getCACertificates(name === 'mozilla' ? 'bundled' : 'system').join('\n')
  const { anchors, crls } = readAnchors(Buffer.from(pem), `trustStore:${name}`)
  if (anchors.length === 0) throw new InputError(`There is no root in the list ${name} here; name one with --ca-file.`)
  return trustStore({ name, version: null, anchors, crls })
}

/** By the settings of the environment that the service has for it; nothing is kept. */
const fetchingFor = (clock: () => number): ReturnType<typeof fetchingOf> =>
  fetchingOf(readConfig(process.env), { log: pino({ level: 'silent' }), clock, keeping: undefined })
