import { element } from './dom.ts'
import { controlOf } from './form.ts'

/** Something that is wrong in the form. */
export interface FieldFault {
  /** A member of the request. */
  readonly name: string
  readonly message: string
  /** In the text of the field, from 1. */
  readonly line?: number | undefined
}

/** Takes away what the last answer said of the fields. */
export const clearFaults = (): void => {
  for (const message of document.querySelectorAll('.field-fault')) {
    const control = message.id.slice('fault-'.length)
    message.remove()
    const marked = document.getElementById(control)
    if (marked === null) continue
    marked.removeAttribute('aria-invalid')
    const described = (marked.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== message.id)
    if (described.join('') === '') marked.removeAttribute('aria-describedby')
    else marked.setAttribute('aria-describedby', described.join(' '))
  }
}

/** Says at a field what is wrong with it. */
export const showFault = ({ name, message }: FieldFault): void => {
  const control = controlOf(name)
  const id = `fault-${control.id}`
  const there = document.getElementById(id)
  if (there !== null) {
    there.append(element('span', {}, ` ${message}`))
    return
  }
  control.setAttribute('aria-invalid', 'true')
  control.setAttribute('aria-describedby', `${control.getAttribute('aria-describedby') ?? ''} ${id}`.trim())
  const shown = element('p', { class: 'field-fault', id }, message)
  if (control instanceof HTMLInputElement && control.type === 'checkbox') control.parentElement?.append(shown)
  else control.after(shown)
}

/** Brings the keyboard to a field, and to the line at fault. */
export const goToFault = ({ name, line }: FieldFault): void => {
  const control = controlOf(name)
  const closed = control.closest('details:not([open])')
  if (closed instanceof HTMLDetailsElement) closed.open = true
  control.focus()
  if (!(control instanceof HTMLTextAreaElement) || line === undefined) return
  const lines = control.value.split('\n')
  const begin = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0)
  control.setSelectionRange(begin, begin + (lines[line - 1] ?? '').length)
  const height = control.scrollHeight / Math.max(1, lines.length)
  control.scrollTop = Math.max(0, (line - 3) * height)
}
