import { row } from '../code-row.ts'

/** Faults of certificate policies. */
export const policyCodes = {
  'policy-not-acceptable': row<{
    /** Who requires a valid policy: the request, the trust store, or a certificate of the path by its index. */
    required: 'request' | 'trust-store' | number
    /** The policies that would do, 2.5.29.32.0 standing for any; 16 at most. */
    initial: readonly string[]
    /** The policies there are instead; 16 at most. */
    offered: readonly string[]
  }>({
    distance: 10,
    reference: 'RFC 5280 §6.1.5 (g), RFC 9618 §5.5',
    title: 'The path must have an acceptable certificate policy and has none',
    message: ({ required, initial, offered }) =>
      `${typeof required === 'number' ? `Certificate ${required} of the path` : `The ${required.replace('-', ' ')}`} requires a certificate policy that is valid for the whole path${wanted(
        initial
      )}. None is left at this certificate${offered.length === 0 ? '' : `; what is offered there is ${offered.join(', ')}`}.`,
    remedy:
      'Ask for a policy under which every CA of the path issues, or have the certificates issued anew with the policy (and, where domains differ, its mapping).',
    openssl: [43]
  }),
  'policy-extension-invalid': row<{ extension: string; reason: string }>({
    distance: 10,
    reference: 'RFC 5280 §4.2.1.4, §4.2.1.5, §4.2.1.11, §4.2.1.14',
    title: 'An extension about certificate policies is not well formed',
    message: ({ extension, reason }) => `The extension ${extension} cannot be used: ${reason}.`,
    remedy: 'The issuer has to issue the certificate anew with a well-formed extension.',
    openssl: [42]
  })
}

const anyPolicy = '2.5.29.32.0'

const wanted = (initial: readonly string[]): string => {
  if (initial.includes(anyPolicy)) return ''
  return initial.length === 0
    ? ', and the trust anchor allows none of those asked for'
    : `, one of ${initial.join(', ')}`
}
