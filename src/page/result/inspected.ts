import type { CertificateDescription, Inspection } from '../../../openapi/types.d.ts'
import { row } from './certificate-card.ts'

/** Names of a list that are shown at most. */
const most = 50

/** Adds to the details of the cards what only an inspection tells. */
export const addInspected = (result: HTMLElement, { items }: Inspection): void => {
  const certificates = new Map(
    items.flatMap((item) => (item.type === 'certificate' ? [[item.fingerprint, item] as const] : []))
  )
  for (const details of result.querySelectorAll<HTMLElement>('[data-fingerprint]')) {
    const said = certificates.get(details.dataset['fingerprint'] ?? '')
    if (said !== undefined) details.querySelector('dl')?.append(...rows(said).filter((child) => child !== undefined))
  }
}

const rows = (certificate: CertificateDescription) => {
  const { subjectAlternativeNames, publicKey, signatureAlgorithm, usableFor, isCa, pathLength, spkiPin } = certificate
  const names = subjectAlternativeNames.map(({ type, value }) => `${type}:${value}`)
  const key =
    publicKey === null ? null : `${publicKey.algorithm}${publicKey.bits === null ? '' : `, ${publicKey.bits} bits`}`
  const ca = isCa ? `yes${pathLength === null ? '' : `, with ${pathLength} CAs below it at most`}` : 'no'
  return [
    ...(names.length === 0 ? [] : row('Names', listed(names))),
    ...(key === null ? [] : row('Key', key)),
    ...(signatureAlgorithm === null ? [] : row('Signed with', signatureAlgorithm)),
    ...row('CA', ca),
    ...row('Usable for', usableFor.length === 0 ? 'nothing' : listed(usableFor)),
    ...row('SPKI pin', spkiPin)
  ]
}

const listed = (texts: readonly string[]): string =>
  texts.length <= most ? texts.join(', ') : `${texts.slice(0, most).join(', ')} and ${texts.length - most} more`
