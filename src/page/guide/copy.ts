/** What a block of code is copied as: of a session in a shell, what is typed in it and neither prompts nor what was printed. */
const textOf = (block: HTMLElement): string => {
  const typed = [...block.querySelectorAll('.typed')]
  return typed.length === 0
    ? (block.textContent ?? '')
    : typed.map(({ textContent }) => `${textContent ?? ''}\n`).join('')
}

/** Said to screen readers: a button whose name changes is not always read out. */
const status = document.createElement('p')
status.className = 'skip'
status.setAttribute('role', 'status')

const copy = async (block: HTMLElement, button: HTMLButtonElement): Promise<void> => {
  const done = await navigator.clipboard.writeText(textOf(block)).then(
    () => 'Copied',
    () => 'Not copied'
  )
  button.textContent = done
  status.textContent = done
  setTimeout(() => {
    button.textContent = 'Copy'
    status.textContent = ''
  }, 2_000)
}

/** A button to copy it, beside each block. Browsers have a clipboard for pages that came over TLS or from the machine itself alone. */
if (navigator.clipboard !== undefined) {
  document.body.append(status)
  for (const block of document.querySelectorAll('pre')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = 'Copy'
    button.addEventListener('click', () => void copy(block, button))
    const around = document.createElement('div')
    around.className = 'code'
    block.replaceWith(around)
    around.append(block, button)
  }
}
