import type { Counterfactual, Verdict } from '../../../openapi/types.d.ts'
import { element, section } from '../dom.ts'

/** What would make it valid, each with a button that asks again with it. */
export const counterfactualsPart = (
  { valid, wouldBeValid = [] }: Verdict,
  apply: (change: Counterfactual) => void
): HTMLElement | undefined => {
  if (valid) return undefined
  if (wouldBeValid.length === 0)
    return section(
      'changes',
      'What would make it valid',
      element('p', {}, 'No small change of what you ask does: the certificates themselves have to change.')
    )
  return section(
    'changes',
    'What would make it valid',
    element(
      'p',
      { class: 'hint' },
      'Each was validated. That a chain would be valid does not say that it should be trusted.'
    ),
    element('ol', { class: 'changes' }, ...wouldBeValid.map((change) => item(change, apply)))
  )
}

const item = (change: Counterfactual, apply: (change: Counterfactual) => void): HTMLElement => {
  const button = element('button', { type: 'button' }, 'Apply and validate')
  button.addEventListener('click', () => apply(change))
  const messages = change.changes.map(({ message }) => message).join(' ')
  return element('li', {}, element('p', {}, messages), button)
}
