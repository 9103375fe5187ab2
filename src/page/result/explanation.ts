import type { ErrorEntry } from '../../../openapi/types.d.ts'
import type { Client } from '../../client/index.ts'
import { type Child, element, preformatted } from '../dom.ts'

/** What the code means, asked of the service when somebody wants to know. */
export const explanation = (code: string, client: Client): HTMLElement => {
  const place = element('div', { class: 'explained' })
  const made = element('details', {}, element('summary', {}, 'How it comes about, and how to see it'), place)
  made.addEventListener('toggle', () => {
    if (made.open && place.childElementCount === 0) void fill(place, code, client)
  })
  return made
}

const fill = async (place: HTMLElement, code: string, client: Client): Promise<void> => {
  place.replaceChildren(element('p', { role: 'status' }, 'Asking the service…'))
  try {
    place.replaceChildren(...told(await client.errors.get(code)))
  } catch {
    place.replaceChildren(
      element('p', { role: 'status' }, 'The service does not answer. Close this and open it again.')
    )
    place.closest('details')?.addEventListener('toggle', () => place.replaceChildren(), { once: true })
  }
}

const told = (entry: ErrorEntry): readonly Node[] =>
  [
    element('p', {}, entry.meaning),
    entry.causes.length === 0 ? undefined : element('ul', {}, ...entry.causes.map((cause) => element('li', {}, cause))),
    ...(entry.check === null
      ? []
      : [
          element('p', {}, 'With OpenSSL:'),
          preformatted('A command of OpenSSL that shows it', entry.check.command),
          element('p', {}, `Look for: ${entry.check.shows}`)
        ]),
    elsewhere(entry.otherNames)
  ].filter((node) => node !== undefined)

const elsewhere = ({ openssl, go, java, dotnet, chromium, firefox }: ErrorEntry['otherNames']): Node | undefined => {
  const names: readonly (readonly [string, string | null])[] = [
    ...openssl.map(
      ({ number, constant, text }) => ['OpenSSL', `${number} ${constant}${text === null ? '' : `: ${text}`}`] as const
    ),
    ['Go', go],
    ['Java', java],
    ['.NET', dotnet],
    ['Chromium', chromium],
    ['Firefox', firefox]
  ]
  const rows = names.flatMap(([tool, name]): Child[] =>
    name === null ? [] : [element('dt', {}, tool), element('dd', {}, element('code', {}, name))]
  )
  if (rows.length === 0) return undefined
  return element('div', {}, element('p', {}, 'What others call it:'), element('dl', {}, ...rows))
}
