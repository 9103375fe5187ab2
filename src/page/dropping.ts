import { found } from './dom.ts'
import { textOfFiles } from './files.ts'

/** Where files go, and what they are taken for where a DER file does not say. */
const labels: Readonly<Record<string, string | undefined>> = { crls: 'X509 CRL' }

interface Told {
  /** Says to everybody what came of files. */
  readonly announce: (text: string) => void
}

/** Files that are dropped anywhere go to the field that they are dropped on, else to the chain; chosen ones to theirs. */
export const takeFiles = ({ announce }: Told): void => {
  const take = async (name: string, files: readonly File[]): Promise<void> => {
    if (files.length === 0) return
    const { text, refused } = await textOfFiles(files, labels[name])
    const area = found(name, HTMLTextAreaElement)
    const before = area.value.trim() === '' ? '' : `${area.value.trimEnd()}\n`
    area.value = `${before}${text}`
    area.focus()
    const taken = files.length - refused.length
    announce([taken === 0 ? '' : `${taken} of ${files.length} files added.`, ...refused].join(' ').trim())
  }
  chooseFiles(take)
  dropFiles(take)
}

type Take = (name: string, files: readonly File[]) => Promise<void>

const chooseFiles = (take: Take): void => {
  const picker = found('picker', HTMLInputElement)
  let target = 'chain'
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-pick]'))
    button.addEventListener('click', () => {
      target = button.dataset['pick'] ?? 'chain'
      picker.click()
    })
  picker.addEventListener('change', () => {
    const files = [...(picker.files ?? [])]
    picker.value = ''
    void take(target, files)
  })
}

const dropFiles = (take: Take): void => {
  const targetOf = ({ target }: Event): HTMLElement | null =>
    (target instanceof Element ? target.closest<HTMLElement>('[data-drop]') : null) ??
    document.querySelector<HTMLElement>('[data-drop=chain]')
  const mark = (target: HTMLElement | null): void => {
    for (const marked of document.querySelectorAll('.drop-target')) marked.classList.remove('drop-target')
    target?.classList.add('drop-target')
  }
  const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true
  addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    mark(targetOf(event))
  })
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) mark(null)
  })
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    mark(null)
    void take(targetOf(event)?.dataset['drop'] ?? 'chain', [...(event.dataTransfer?.files ?? [])])
  })
}
