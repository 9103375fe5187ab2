import type { Verdict } from '../../../openapi/types.d.ts'
import { element } from '../dom.ts'

/** What was found of a private key beside the chain. It is never shown. */
export const keyPart = ({ privateKey }: Verdict): HTMLElement | undefined => {
  if (privateKey === undefined) return undefined
  const { matches, precedesCertificate, encrypted } = privateKey
  const place = `It stands ${precedesCertificate ? 'before' : 'after'} the certificate.`
  if (encrypted) return notice('open', 'The private key is encrypted, so nothing can be said of it.', place)
  if (matches === null) return notice('open', 'Nothing can be said of the private key.', place)
  return matches
    ? notice('sound', 'The private key belongs to the first certificate.', place)
    : notice(
        'fault',
        'The private key is of another certificate.',
        `${place} Install the key that the certificate was requested with.`
      )
}

const notice = (state: string, message: string, more: string): HTMLElement =>
  element(
    'div',
    { class: `part key ${state}` },
    element('h3', {}, message),
    element('p', {}, more, ' It was compared and dropped.')
  )
