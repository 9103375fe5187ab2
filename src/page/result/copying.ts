import { element } from '../dom.ts'

/** A button that copies text, and says so. */
export const copyButton = (label: string, text: string, announce: (text: string) => void): HTMLButtonElement => {
  const button = element('button', { type: 'button' }, label)
  button.addEventListener('click', () => {
    void copy(text).then((done) => {
      button.textContent = done ? 'Copied' : 'Select and copy it by hand'
      announce(button.textContent)
      setTimeout(() => {
        button.textContent = label
      }, 2_000)
    })
  })
  return button
}

/** Browsers give the clipboard to pages of secure origins alone; over HTTP from another host the old way works still. */
const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = element('textarea', { class: 'quiet', 'aria-hidden': 'true' })
    area.value = text
    const before = document.activeElement
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    if (before instanceof HTMLElement) before.focus()
    return done
  }
}

/** A link that saves text as a file. */
export const saveLink = (name: string, type: string, text: string): HTMLAnchorElement =>
  element(
    'a',
    { class: 'button', download: name, href: URL.createObjectURL(new Blob([text], { type })) },
    `Save as ${name}`
  )
