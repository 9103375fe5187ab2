import type { Counterfactual } from '../../openapi/types.d.ts'
import { createClient } from '../client/index.ts'
import { visible } from '../core/model/printable.ts'
import { type Asking, addMore, showVerdict } from './asking.ts'
import { found } from './dom.ts'
import { takeFiles } from './dropping.ts'
import { example } from './example.ts'
import { clearFaults, showFault } from './faults.ts'
import { readForm, writeForm } from './form.ts'
import { changed } from './result/changed.ts'
import { isExpected, problemPart, shownOf } from './result/problem-part.ts'
import { outcomeTitle } from './result/states.ts'
import { sentenceOf } from './result/verdict-part.ts'
import { showStores } from './stores.ts'

/** Where the service is: the page is at its root, whatever the path before it. */
const service = new URL('.', document.baseURI)
/** What the service is too busy for is asked again when it says so. */
const client = createClient({ url: service, retries: 5, longestWait: 5 })
const form = found('validation', HTMLFormElement)
const result = found('result', HTMLElement)
const submit = found('submit', HTMLButtonElement)
const nothingSeen = [...result.childNodes]

const announce = (text: string): void => {
  found('announcement', HTMLElement).textContent = visible(text)
}

/** The question that is under way: a new one ends it. */
let underWay: AbortController | undefined

const validate = async (): Promise<void> => {
  underWay?.abort()
  const mine = new AbortController()
  underWay = mine
  clearFaults()
  busy(true)
  try {
    const request = readForm()
    const verdict = await showVerdict(request, asking, mine.signal)
    announce(`${outcomeTitle[verdict.outcome]}. ${sentenceOf(verdict)}`)
    focusVerdict()
    void addMore(request, asking, mine.signal)
  } catch (error) {
    if (mine.signal.aborted) return
    if (!isExpected(error)) reportError(error)
    const shown = shownOf(error)
    result.replaceChildren(problemPart(shown))
    for (const fault of shown.faults) showFault(fault)
    announce(`No verdict. ${shown.title}. ${shown.detail}`)
    focusVerdict()
  } finally {
    if (underWay === mine) busy(false)
  }
}

const busy = (is: boolean): void => {
  submit.textContent = is ? 'Validating…' : 'Validate'
  result.setAttribute('aria-busy', String(is))
}

const focusVerdict = (): void => {
  const title = document.getElementById('verdict-title')
  title?.focus({ preventScroll: true })
  title?.closest('.verdict')?.scrollIntoView({ block: 'nearest' })
}

const asking: Asking = {
  client,
  service,
  result,
  announce,
  apply: (change: Counterfactual) => {
    writeForm(changed(readForm(), change))
    void validate()
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void validate()
})

found('example', HTMLButtonElement).addEventListener('click', () => {
  writeForm(example)
  void validate()
})

found('clear', HTMLButtonElement).addEventListener('click', () => {
  underWay?.abort()
  writeForm({})
  clearFaults()
  busy(false)
  result.replaceChildren(...nothingSeen)
  announce('The form is empty.')
  found('chain', HTMLTextAreaElement).focus()
})

takeFiles({ announce })
void showStores(client)
