import type { TrustStore } from '../../openapi/types.d.ts'
import type { Client } from '../client/index.ts'
import { element, found } from './dom.ts'
import { counted } from './wording.ts'

/** Shows the trust stores of the service as boxes to tick. Without them the page serves as well: the service has its default. */
export const showStores = async (client: Client): Promise<void> => {
  const place = found('trustStores', HTMLElement)
  try {
    const stores = await client.trustStores.list()
    place.replaceChildren(
      element('p', { class: 'hint', id: 'stores-hint' }, hintOf(stores)),
      ...stores.map((store, index) => box(store, index))
    )
  } catch {
    place.replaceChildren(
      element('p', { class: 'hint' }, 'The trust stores of the service cannot be listed at this moment.')
    )
  }
}

const hintOf = (stores: readonly TrustStore[]): string => {
  const defaults = stores.filter(({ isDefault }) => isDefault).map(({ name }) => name)
  if (stores.length === 0) return 'This service has no trust store: give CA certificates below.'
  if (defaults.length === 0) return 'Trust stores of this service.'
  return `Trust stores of this service. Where none is ticked, it takes ${defaults.join(', ')}.`
}

const box = ({ name, counts }: TrustStore, index: number): HTMLElement => {
  const id = `store-${index}`
  const input = element('input', { type: 'checkbox', id, 'aria-describedby': 'stores-hint' })
  // The name as it is, not as it is shown.
  input.value = name
  const size = element('span', { class: 'size' }, counted(counts.x509, 'certificate'))
  return element('p', { class: 'check' }, input, ' ', element('label', { for: id }, name, ' ', size))
}
