import { starttlsProtocols } from '../net/probe/starttls-protocols.ts'
import type { CliOption, Command } from './option.ts'

const json: CliOption = { name: 'json', text: 'Print JSON, a line for each answer.' }
const out: CliOption = { name: 'out', short: 'o', value: 'FILE', text: 'Write there instead of to standard output.' }
const quiet: CliOption = { name: 'quiet', short: 'q', text: 'Print nothing: the exit status says it.' }

/** What a chain is judged by: names as OpenSSL's users know them where it has the same. */
const judging: readonly CliOption[] = [
  {
    name: 'ca-file',
    value: 'FILE',
    multiple: true,
    text: 'Trust the certificates in FILE, and no others unless they are asked for.'
  },
  {
    name: 'trust-store',
    value: 'NAME',
    multiple: true,
    choices: ['system', 'mozilla'],
    text: 'Trust that list of roots; system where nothing else is trusted.'
  },
  {
    name: 'untrusted',
    value: 'FILE',
    multiple: true,
    text: 'Certificates that may complete the path, none of them trusted.'
  },
  { name: 'crl-file', value: 'FILE', multiple: true, text: 'CRLs to use.' },
  { name: 'ocsp-file', value: 'FILE', multiple: true, text: 'OCSP responses in DER to use.' },
  { name: 'hostname', value: 'NAME', text: 'The DNS name or IP address that the certificate must be for.' },
  { name: 'email', value: 'ADDRESS', text: 'The mail address that it must be for.' },
  {
    name: 'purpose',
    value: 'PURPOSE',
    multiple: true,
    text: 'serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning or an OID.'
  },
  { name: 'time', value: 'TIME', text: 'The time of validation, as 2026-11-23T19:30:00Z; now where it is left out.' },
  {
    name: 'profile',
    value: 'PROFILE',
    choices: ['rfc5280', 'webpki'],
    text: 'webpki adds the Baseline Requirements for TLS servers.'
  },
  { name: 'strict', text: 'Make errors of what RFC 5280 asks of issuers, as -x509_strict does.' },
  {
    name: 'security-level',
    value: 'LEVEL',
    choices: ['0', '1', '2', '3', '4', '5'],
    text: 'The least strength of keys and signatures, with OpenSSL’s meaning; 2 where it is left out.'
  },
  {
    name: 'revocation',
    value: 'MODE',
    choices: ['off', 'prefer', 'require'],
    text: 'Whether certificates must be known not to be revoked.'
  },
  { name: 'fetch', text: 'Allow issuers, CRLs and OCSP responses to be fetched from where certificates say.' }
]

export const commands: readonly Command[] = [
  {
    name: 'serve',
    operands: '',
    summary: 'Serve validations over HTTP; what happens without a command as well.',
    text: 'It is configured by variables of the environment, which vidimus --help lists.',
    options: [],
    // The process starts it before any of this is loaded.
    run: async () => 0
  },
  {
    name: 'validate',
    operands: '[FILE...]',
    summary: 'Say whether a certificate is valid, and every reason why it is not.',
    text: 'Each FILE holds one chain, its end entity first: PEM, DER or PKCS#7. A folder stands for the files in it, and - or no FILE for standard input. The exit status is 0 where all are valid, 1 where one is not, 2 where one cannot be told.',
    options: [...judging, json, quiet],
    run: async (invocation) => (await import('./validate.ts')).runValidate(invocation)
  },
  {
    name: 'probe',
    operands: 'HOST[:PORT]...',
    summary: 'Say whether the chain that a TLS server really sends is valid, and what is wrong with it.',
    text: 'It is validated for the name of the server and the purpose serverAuth; an OCSP response that is stapled counts. PORT is 443 where it and --starttls are left out; an IPv6 address with a PORT has brackets. The exit status is that of validate, and 66 where a server sends no certificate.',
    options: [
      ...judging,
      {
        name: 'servername',
        value: 'NAME',
        text: 'What the server is told that it is called, and, without --hostname, what its certificate must be for.'
      },
      {
        name: 'starttls',
        value: 'PROTOCOL',
        choices: [...starttlsProtocols, 'none'],
        text: 'What is spoken before TLS; where it is left out, what is usual on PORT.'
      },
      { name: 'timeout', value: 'SECONDS', text: 'How long a server may take in all; 10 where it is left out.' },
      {
        name: 'save',
        value: 'FILE',
        text: 'Write the certificates there as PEM, in the order in which they were sent.'
      },
      json,
      quiet
    ],
    run: async (invocation) => (await import('./probe.ts')).runProbe(invocation)
  },
  {
    name: 'chain',
    operands: '[FILE...]',
    summary: 'Put a chain right: in order, complete, without what does not belong there.',
    text: 'All FILEs are one chain. What was changed is told on standard error; a private key is never written. The exit status is that of validating what is written.',
    options: [
      ...judging,
      { name: 'include-root', text: 'Write the root as well.' },
      {
        name: 'form',
        value: 'FORM',
        choices: ['pem', 'pkcs7', 'json'],
        text: 'What to write; pem where it is left out.'
      },
      out
    ],
    run: async (invocation) => (await import('./chain.ts')).runChain(invocation)
  },
  {
    name: 'inspect',
    operands: '[FILE...]',
    summary: 'Say what certificates, CRLs, OCSP responses, requests and bundles hold, or turn them into another form.',
    text: 'With --form der there has to be one certificate. Private keys are never written.',
    options: [
      json,
      { name: 'form', value: 'FORM', choices: ['pem', 'der', 'pkcs7'], text: 'Write the objects in that form.' },
      out
    ],
    run: async (invocation) => (await import('./inspect.ts')).runInspect(invocation)
  },
  {
    name: 'errors',
    operands: '[CODE...]',
    summary: 'Say what a code of an error or a warning means, and what to do about it.',
    text: 'Without CODE it lists them all.',
    options: [json],
    run: async (invocation) => (await import('./errors.ts')).runErrors(invocation)
  },
  {
    name: 'completion',
    operands: 'SHELL',
    summary: 'Print a completion script for bash, zsh or fish.',
    text: 'For instance: vidimus completion bash > /etc/bash_completion.d/vidimus',
    options: [],
    run: async (invocation) => (await import('./completion.ts')).runCompletion(invocation, commands)
  },
  {
    name: 'man',
    operands: '',
    summary: 'Print the manual page.',
    text: 'For instance: vidimus man | man -l -',
    options: [],
    run: async () => (await import('./man.ts')).runMan(commands)
  }
]
