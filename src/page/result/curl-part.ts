import { type AskedFor, curlText } from '../curl.ts'
import { element, preformatted, section } from '../dom.ts'
import { copyButton } from './copying.ts'

/** The command line that asks the same. */
export const curlPart = (service: URL, request: AskedFor, announce: (text: string) => void): HTMLElement => {
  const command = curlText(service, request)
  return section(
    'curl',
    'The same with curl',
    element('p', { class: 'hint' }, 'A private key is left out here: it changes no verdict.'),
    preformatted('A command line that does the same', command),
    element('p', { class: 'tools' }, copyButton('Copy the command', command, announce))
  )
}
