import { type ProblemError, ProblemError as Refused } from '../../client/index.ts'
import { element } from '../dom.ts'
import { type FieldFault, goToFault } from '../faults.ts'
import { NotReadable } from '../fields.ts'

/** Why there is no verdict. */
export interface Shown {
  readonly title: string
  readonly detail: string
  readonly code?: string
  readonly faults: readonly FieldFault[]
}

/** Nobody answered. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** The answer, or its problem; what `fetch` throws where nobody answers is told from faults of this page. */
export const answerTo = async <T>(question: Promise<T>): Promise<T> => {
  try {
    return await question
  } catch (cause) {
    throw cause instanceof Refused ? cause : new Unreachable('No answer', { cause })
  }
}

/** What was thrown, as something to show: a problem of the service, a field that is no value, or nobody who answers. */
export const shownOf = (error: unknown): Shown => {
  if (error instanceof NotReadable)
    return {
      title: 'A field cannot be read',
      detail: error.message,
      faults: [{ name: error.field, message: error.message }]
    }
  if (error instanceof Refused) return refusal(error)
  if (error instanceof Unreachable)
    return {
      title: 'The service cannot be reached',
      detail: 'Nothing answers there. Look whether it runs and whether your network leads to it, then validate again.',
      faults: []
    }
  return {
    title: 'This page failed',
    detail: 'It could not show the answer. The console of the browser says more.',
    faults: []
  }
}

/** Whether it tells of the request or the service, and not of a fault of this page. */
export const isExpected = (error: unknown): boolean =>
  error instanceof NotReadable || error instanceof Refused || error instanceof Unreachable

const refusal = ({ code, title, message, errors, retryAfter, requestId }: ProblemError): Shown => {
  const wait = retryAfter === undefined ? '' : ` It asks to wait ${retryAfter} s.`
  const id = requestId === undefined || code !== 'internal-error' ? '' : ` Its log knows the request as ${requestId}.`
  const faults = errors.map(({ pointer, detail, line }) => ({ name: memberOf(pointer), message: detail, line }))
  const known = code === 'answer-unexpected' ? {} : { code }
  return { title, detail: `${faults.length === 0 ? message : ''}${wait}${id}`.trim(), ...known, faults }
}

/** The member of the request that a JSON Pointer leads into (RFC 6901 §3). */
const memberOf = (pointer: string): string => (pointer.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~')

export const problemPart = ({ title, detail, code, faults }: Shown): HTMLElement =>
  element(
    'div',
    { class: 'verdict problem' },
    element(
      'div',
      {},
      element('h2', { id: 'verdict-title', tabindex: '-1' }, title),
      detail === '' ? undefined : element('p', { class: 'sentence' }, detail),
      faults.length === 0 ? undefined : element('ul', { class: 'places' }, ...faults.map(place)),
      code === undefined
        ? undefined
        : element(
            'p',
            {},
            element('a', { href: `errors/${encodeURIComponent(code)}` }, 'About ', element('code', {}, code))
          )
    )
  )

const place = (fault: FieldFault): HTMLElement => {
  const { name, message, line } = fault
  const button = element('button', { type: 'button' }, line === undefined ? 'Go there' : `Go to line ${line}`)
  button.addEventListener('click', () => goToFault(fault))
  const where = line === undefined ? name : `${name}, line ${line}`
  return element('li', {}, element('code', {}, where), ': ', message, ' ', button)
}
