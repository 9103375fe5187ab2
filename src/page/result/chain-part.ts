import type { RepairedChain } from '../../../openapi/types.d.ts'
import { element, preformatted, section } from '../dom.ts'
import { counted } from '../wording.ts'
import { copyButton, saveLink } from './copying.ts'

/** The chain put right, to be installed in place of what was sent. */
export const chainPart = (repaired: RepairedChain, announce: (text: string) => void): HTMLElement => {
  const { chain, certificates, changes, complete } = repaired
  const asItCame = changes.length === 0
  return section(
    'repaired',
    asItCame ? 'The chain' : 'The chain put right',
    element('p', {}, asItCame ? 'Nothing of it had to be put right.' : `${counted(changes.length, 'change')}:`),
    asItCame
      ? undefined
      : element('ol', { class: 'reasons' }, ...changes.slice(0, 50).map(({ message }) => element('li', {}, message))),
    changes.length > 50 ? element('p', {}, `And ${changes.length - 50} more.`) : undefined,
    element(
      'p',
      { class: complete ? 'complete' : 'incomplete' },
      complete
        ? `It holds ${counted(certificates.length, 'certificate')} and leads to a trust anchor by itself.`
        : 'It does not lead to a trust anchor by itself: something is missing, or is not trusted.'
    ),
    preformatted('The chain as PEM', chain),
    element(
      'p',
      { class: 'tools' },
      copyButton('Copy the chain', chain, announce),
      ' ',
      saveLink('chain.pem', 'application/pem-certificate-chain', chain)
    )
  )
}
