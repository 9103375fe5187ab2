/** Protocols that go over to TLS within a connection that begins in the clear, with their port where they have one of their own. */
export const starttlsPorts = {
  smtp: 25,
  lmtp: 24,
  imap: 143,
  pop3: 110,
  ftp: 21,
  nntp: 119,
  sieve: 4190,
  ldap: 389,
  postgres: 5432
} as const

export type StarttlsProtocol = keyof typeof starttlsPorts

/** RFC 6409: where mail is submitted. */
const submission = 587

/** What is spoken on a port before TLS, as far as ports tell. */
export const protocolOfPort = (port: number): StarttlsProtocol | undefined =>
  port === submission ? 'smtp' : starttlsProtocols.find((protocol) => starttlsPorts[protocol] === port)

export const isStarttlsProtocol = (text: string): text is StarttlsProtocol => Object.hasOwn(starttlsPorts, text)

export const starttlsProtocols: readonly StarttlsProtocol[] = Object.keys(starttlsPorts).filter(isStarttlsProtocol)
