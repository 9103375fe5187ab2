import type { AlgorithmIdentifier, Certificate, Extension } from '../../model/certificate.ts'
import { type Fault, fault } from '../../model/finding.ts'
import type { Limits } from '../../model/limits.ts'
import {
  type BasicOcspResponse,
  type OcspResponse,
  ocspOids,
  type ReadSingleResponse,
  type ResponderId
} from '../../model/ocsp.ts'
import { readCertificate } from '../certificate/certificate.ts'
import { readExtensions } from '../certificate/extensions.ts'
import { attempt, type Decoded, derOf, inside, Malformed, tags, within } from '../der/der.ts'
import { hex, readInteger, readOctetBits } from '../der/primitives.ts'
import { readTime } from '../der/time.ts'
import { readAlgorithmIdentifier } from '../key/algorithm.ts'
import { readNonce } from './nonce.ts'
import { type BasicResponseParts, splitOcspResponse } from './ocsp-response-parts.ts'
import { readResponderId } from './responder-id.ts'
import { indexSingleResponses, type SingleResponseIndex } from './single-response-index.ts'

/**
 * Reads an OCSP response. It fails only where its outer DER, its status or its ResponseData cannot be split; what is wrong
 * deeper stands in the `faults` of the basic response. Answers are indexed when one, or the faults, are first asked for.
 */
export const readOcspResponse = (
  der: Uint8Array,
  { singleResponses }: Pick<Limits, 'singleResponses'>
): Decoded<OcspResponse> => {
  const parts = splitOcspResponse(der)
  if (!parts.ok) return parts
  const { status, basic } = parts.value
  return { ok: true, value: { der, status, basic: basic && new DerBasicResponse(basic, singleResponses) } }
}

class DerBasicResponse implements BasicOcspResponse {
  readonly #parts: BasicResponseParts
  readonly #mostAnswers: number
  /** What was read before, by field: each field is read once, and its faults noted once. */
  readonly #memory = new Map<string, unknown>()
  readonly #faults: Fault<'ocsp-response-invalid'>[] = []
  #readWhole = false

  constructor(parts: BasicResponseParts, mostAnswers: number) {
    this.#parts = parts
    this.#mostAnswers = mostAnswers
  }

  get tbs(): Uint8Array {
    return this.#parts.tbs
  }

  get signatureAlgorithm(): AlgorithmIdentifier | undefined {
    return this.#read('signatureAlgorithm', () => readAlgorithmIdentifier(this.#parts.algorithm))
  }

  get signature(): Uint8Array | undefined {
    return this.#read('signature', () => readOctetBits(this.#parts.signature, 'signature'))
  }

  get responder(): ResponderId | undefined {
    return this.#read('responder', () => readResponderId(this.#parts.responder))
  }

  get producedAt(): number | undefined {
    return this.#read('producedAt', () => readTime(this.#parts.producedAt, 'producedAt'))
  }

  get nonce(): string | undefined {
    const extension = this.#extensions.find(({ oid }) => oid === ocspOids.nonce)
    return extension && this.#read('nonce', () => hex(readNonce(extension.value)))
  }

  get certificates(): readonly Certificate[] {
    const { certificates } = this.#parts
    return certificates === undefined ? [] : (this.#read('certificates', () => certificatesIn(certificates)) ?? [])
  }

  get count(): number {
    return this.#index.count
  }

  find(serialNumber: string): readonly ReadSingleResponse[] {
    return this.#index.find(serialNumber)
  }

  answers(most: number): readonly ReadSingleResponse[] {
    return this.#index.first(most)
  }

  get faults(): readonly Fault<'ocsp-response-invalid'>[] {
    if (!this.#readWhole) {
      this.#readWhole = true
      void [this.signatureAlgorithm, this.signature, this.responder, this.producedAt, this.certificates, this.nonce]
      this.#checkVersion()
      this.#checkExtensions()
      const { problem } = this.#index
      if (problem !== undefined) this.#fault(problem)
    }
    return this.#faults
  }

  get #index(): SingleResponseIndex {
    return this.#once('index', () => indexSingleResponses(this.#parts.responses, this.#mostAnswers))
  }

  get #extensions(): readonly Extension[] {
    const { extensions } = this.#parts
    if (extensions === undefined) return []
    return this.#read('extensions', () => readExtensions(within(extensions, 'responseExtensions')).extensions) ?? []
  }

  /** Version 1 is the default, which DER leaves out. Responders that encode it are let off, since it can be misread by nobody. */
  #checkVersion(): void {
    const { version } = this.#parts
    if (version === undefined) return
    this.#read('version', () => {
      const octets = readInteger(inside(version, tags.integer, 'version'), 'version')
      if (octets.length !== 1 || octets[0] !== 0) throw new Malformed('its version is another than 1')
    })
  }

  /** RFC 6960 §4.4: what is critical has to be understood. */
  #checkExtensions(): void {
    const seen = new Set<string>()
    for (const { oid, critical } of this.#extensions) {
      if (seen.has(oid)) this.#fault(`has the extension ${oid} more than once`, 'RFC 6960 §4.4')
      seen.add(oid)
      if (critical && oid !== ocspOids.nonce && oid !== ocspOids.extendedRevoke) {
        this.#fault(`has the critical extension ${oid}, which is not understood here`, 'RFC 6960 §4.4')
      }
    }
  }

  #once<T>(field: string, read: () => T): T {
    if (this.#memory.has(field)) return this.#memory.get(field) as T
    const value = read()
    this.#memory.set(field, value)
    return value
  }

  #read<T>(field: string, decode: () => T): T | undefined {
    return this.#once(field, () => {
      const decoded = attempt(decode)
      if (decoded.ok) return decoded.value
      this.#fault(`is malformed: ${decoded.reason}`)
      return undefined
    })
  }

  #fault(reason: string, reference?: string): void {
    this.#faults.push(fault('ocsp-response-invalid', { reason }, reference))
  }
}

/** RFC 6960 §4.2.1: `certs`, a SEQUENCE OF Certificate behind an explicit tag. */
const certificatesIn = (wrapper: Parameters<typeof within>[0]): readonly Certificate[] => {
  const list = within(inside(wrapper, tags.sequence, 'certs'), 'certs')
  const certificates: Certificate[] = []
  while (!list.done) {
    const read = readCertificate(derOf(list.expect(tags.sequence, 'Certificate')))
    if (!read.ok) throw new Malformed(`certificate ${certificates.length + 1} that came with it: ${read.reason}`)
    certificates.push(read.value)
  }
  return certificates
}
