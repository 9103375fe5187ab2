import { isDeepStrictEqual } from 'node:util'
import { readCertificate } from '#dist/core/decode/certificate/certificate.js'
import { readCrl } from '#dist/core/decode/crl/crl.js'
import { readBundle } from '#dist/core/decode/input/bundle.js'
import { kindOf } from '#dist/core/decode/input/der-kind.js'
import { readPkcs7 } from '#dist/core/decode/input/pkcs7.js'
import { readTrustedCertificate } from '#dist/core/decode/input/trusted-certificate.js'
import { readOcspResponse } from '#dist/core/decode/ocsp/ocsp-response.js'
import { readServerFlight } from '#dist/core/decode/tls/server-flight.js'
import { rowOf } from '#dist/core/model/codes.js'
import type { Fault } from '#dist/core/model/finding.js'
import { defaultLimits } from '#dist/core/model/limits.js'
import type { ReadSingleResponse } from '#dist/core/model/ocsp.js'
import { mutateDer } from './mutate-der.ts'
import { mutateFlight } from './mutate-flight.ts'
import { mutateText } from './mutate-text.ts'
import type { Random } from './random.ts'
import type { Seeds } from './seeds.ts'

/** One decoder, or what stands in front of several: inputs for it, and what must hold of whatever it makes of them. */
export interface Target {
  readonly name: string
  make(seeds: Seeds, random: Random): Uint8Array
  /** Throws where something does not hold; `expect` says what. */
  run(input: Uint8Array): void
}

/** Something that must hold and did not. */
export class Broken extends Error {
  override readonly name = 'Broken'
}

export const expect = (holds: boolean, what: string): void => {
  if (!holds) throw new Broken(what)
}

const fromDer =
  (kind: 'certificates' | 'crls' | 'messages' | 'responses') =>
  (seeds: Seeds, random: Random): Uint8Array =>
    mutateDer(random.pick(seeds[kind]), random.pick([...seeds.certificates, ...seeds.crls]), random)

/** Faults can be told in words, and the words hide nothing. */
const checkFaults = (faults: readonly Fault[]): void => {
  for (const { code, details } of faults) {
    const message = rowOf(code).message(details)
    expect(message.length > 0 && message.length < 10_000, `the message of ${code} has ${message.length} characters`)
  }
}

/** Reads every field of a lazy object twice: the same comes out, whatever was asked in between. */
const readAll = (object: object): void => {
  const fields = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(object)))
    .filter(([, descriptor]) => descriptor.get !== undefined)
    .map(([field]) => field)
  expect(fields.length > 5, 'an object without fields was read')
  const values = fields.map((field) => Reflect.get(object, field))
  for (const [at, field] of fields.entries())
    expect(isDeepStrictEqual(values[at], Reflect.get(object, field)), `${field} changed when it was read again`)
}

const certificate: Target = {
  name: 'certificate',
  make: fromDer('certificates'),
  run(input) {
    const read = readCertificate(input)
    if (!read.ok) return expect(read.reason.length > 0, 'a refusal without a reason')
    const { value } = read
    readAll(value)
    checkFaults([...value.faults, ...value.oddities])
    expect(Buffer.compare(value.der, input) === 0, 'the DER is not what was read')
    const again = readCertificate(input)
    expect(again.ok && again.value.faults.length === value.faults.length, 'faults depend on the order of reading')
    return undefined
  }
}

const crl: Target = {
  name: 'crl',
  make: fromDer('crls'),
  run(input) {
    const read = readCrl(input)
    if (!read.ok) return expect(read.reason.length > 0, 'a refusal without a reason')
    const { value } = read
    const { faults } = value
    readAll(value)
    checkFaults(faults)
    for (const serial of ['05', '00', 'ff', '', '011170']) value.find(serial)
    return undefined
  }
}

const ocsp: Target = {
  name: 'ocsp',
  make: fromDer('responses'),
  run(input) {
    const read = readOcspResponse(input, defaultLimits)
    if (!read.ok) return expect(read.reason.length > 0, 'a refusal without a reason')
    const { basic, status } = read.value
    if (basic === undefined) return expect(status !== 'successful', 'success without a response')
    readAll(basic)
    checkFaults(basic.faults)
    expect(basic.count * 20 < input.length, 'more answers than the octets have room for')
    return checkAnswers(basic.find('05'))
  }
}

/** What was found under a serial number and can be read is about that number. */
const checkAnswers = (answers: readonly ReadSingleResponse[]): void => {
  for (const read of answers) {
    if (read.ok) expect(read.value.certId.serialNumber === '05', 'an answer about another serial number')
    else expect(read.reason.length > 0, 'a refusal without a reason')
  }
}

const pkcs7: Target = {
  name: 'pkcs7',
  make: fromDer('messages'),
  run(input) {
    const read = readPkcs7(input, 100, defaultLimits.asn1Depth)
    if (!read.ok) return expect(read.reason.length > 0, 'a refusal without a reason')
    expect(read.value.length <= 100, 'more objects than asked for')
    const size = read.value.reduce((sum, { der }) => sum + der.length, 0)
    return expect(size <= input.length, 'objects that lie over each other')
  }
}

const der: Target = {
  name: 'der',
  make: (seeds, random) => fromDer(random.pick(['certificates', 'crls', 'messages', 'responses']))(seeds, random),
  run(input) {
    kindOf(input)
    readTrustedCertificate(input)
    const { items } = readBundle(input, 100)
    expect(items.length > 0 || input.length === 0, 'a file was dropped in silence')
  }
}

const pem: Target = {
  name: 'pem',
  make: (seeds, random) => Buffer.from(mutateText(random.pick(seeds.texts), random)),
  run(input) {
    const text = Buffer.from(input).toString()
    const { items } = readBundle(text, 100)
    for (const { place } of items) expect(place.line === undefined || place.line >= 1, 'a line before the first')
    const joined = readBundle([text, text], 200)
    expect(joined.items.length === 2 * items.length || items.length >= 100, 'twice the same text is not twice the same')
  }
}

const tls: Target = {
  name: 'tls',
  make: mutateFlight,
  run(input) {
    const read = readServerFlight(input, undefined)
    if (!read.ok) return expect(read.reason.length > 0, 'a refusal without a reason')
    const size = read.value.reduce((sum, { der, ocspResponse }) => sum + der.length + (ocspResponse?.length ?? 0), 0)
    return expect(size <= input.length, 'more was sent than came')
  }
}

export const targets: readonly Target[] = [pem, der, certificate, crl, ocsp, pkcs7, tls]
