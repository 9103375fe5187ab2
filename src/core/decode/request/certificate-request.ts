import type { Extension } from '../../model/certificate.ts'
import type { CertificateRequest } from '../../model/certificate-request.ts'
import { readExtensions } from '../certificate/extensions.ts'
import {
  attempt,
  contextConstructed,
  type Decoded,
  derOf,
  type Element,
  Malformed,
  single,
  tags,
  within
} from '../der/der.ts'
import { readCount, readOctetBits, readOid } from '../der/primitives.ts'
import { readAlgorithmIdentifier } from '../key/algorithm.ts'
import { readPublicKey } from '../key/public-key.ts'
import { readName } from '../name/name.ts'

const extensionRequest = '1.2.840.113549.1.9.14'

/** Reads a PKCS#10 request, strictly. The key and the signature may be of kinds that are not known; the rest has to be right. */
export const readCertificateRequest = (der: Uint8Array): Decoded<CertificateRequest> =>
  attempt(() => {
    const outer = within(single(der, tags.sequence, 'the request'), 'the request')
    const info = outer.expect(tags.sequence, 'CertificationRequestInfo')
    const algorithm = outer.expect(tags.sequence, 'signatureAlgorithm')
    const signature = outer.expect(tags.bitString, 'signature')
    outer.finish()
    const fields = within(info, 'CertificationRequestInfo')
    const version = readCount(fields.expect(tags.integer, 'version'), 'the version') + 1
    const subject = readName(derOf(fields.expect(tags.sequence, 'subject')))
    if (subject.malformed !== undefined) throw new Malformed(`its subject: ${subject.malformed}`)
    const spki = derOf(fields.expect(tags.sequence, 'subjectPKInfo'))
    // RFC 2986 §4.1 has them even where there are none; some leave them out.
    const attributes = fields.optional(contextConstructed(0))
    fields.finish()
    const key = readPublicKey(spki)
    const identifier = attempt(() => readAlgorithmIdentifier(algorithm))
    const octets = attempt(() => readOctetBits(signature, 'signature'))
    return {
      der,
      tbs: derOf(info),
      version,
      subject,
      spki,
      publicKey: key.ok ? key.value : undefined,
      ...attributesIn(attributes),
      signatureAlgorithm: identifier.ok ? identifier.value : undefined,
      signature: octets.ok ? octets.value : undefined
    }
  })

const attributesIn = (element: Element | undefined): Pick<CertificateRequest, 'attributes' | 'extensions'> => {
  const attributes: string[] = []
  const extensions: Extension[] = []
  const list = element === undefined ? undefined : within(element, 'the attributes')
  while (list?.done === false) {
    const fields = list.sequence('Attribute')
    const type = readOid(fields.expect(tags.oid, 'type'), 'the type')
    const values = fields.enter(tags.set, 'values')
    fields.finish()
    attributes.push(type)
    if (type === extensionRequest) extensions.push(...readExtensions(values).extensions)
  }
  return { attributes, extensions }
}
