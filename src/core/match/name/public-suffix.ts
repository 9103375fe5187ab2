import { getPublicSuffix } from 'tldts'

/**
 * Whether a domain in lower case is itself a public suffix, below which names belong to different owners: by the Public
 * Suffix List with its private section, whose default rule makes one of every top-level domain. The root is one as well.
 */
export const isPublicSuffix = (domain: string): boolean => {
  if (!domain.includes('.')) return true
  const suffix = getPublicSuffix(domain, { allowPrivateDomains: true, extractHostname: false, validateHostname: false })
  return suffix === domain
}
