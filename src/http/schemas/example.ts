/** A certificate of 90 days from November 2026 for www.example.com, made for this example. */
const serverCertificate = [
  '-----BEGIN CERTIFICATE-----',
  'MIIByTCCAW6gAwIBAgIGGis8TV5vMAoGCCqGSM49BAMCMCcxEDAOBgNVBAoMB0V4',
  'YW1wbGUxEzARBgNVBAMMCkV4YW1wbGUgQ0EwHhcNMjYxMTI0MjAyNTMwWhcNMjcw',
  'MjIyMjAyNTMwWjAaMRgwFgYDVQQDDA93d3cuZXhhbXBsZS5jb20wWTATBgcqhkjO',
  'PQIBBggqhkjOPQMBBwNCAASciPBhZ06Pld4dT3wQpiX8pt1dVdFWBdMyS50UUhdG',
  'yEo9YdBhC25VnMR4+Yoie3CEGm9fFDTMQC/DHNE9Udxqo4GSMIGPMAwGA1UdEwEB',
  '/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQMMAoGCCsGAQUFBwMBMBoGA1Ud',
  'EQQTMBGCD3d3dy5leGFtcGxlLmNvbTAdBgNVHQ4EFgQUT1CIeeQitvFgVk1Fbs0X',
  'pyIlVEYwHwYDVR0jBBgwFoAUHt2FL3AZ2WQMAeImfb727gMMBgcwCgYIKoZIzj0E',
  'AwIDSQAwRgIhAMZagEpjRdHn9JEsa//0PvGoE59hX3pXTgonKT/Bmc6jAiEA01DH',
  'f1eFccYVhPynj/3tME0K8/+3Cj4e6QtXdvARMiA=',
  '-----END CERTIFICATE-----',
  ''
].join('\n')

/** The CA that issued it. */
const caCertificate = [
  '-----BEGIN CERTIFICATE-----',
  'MIIBsjCCAVmgAwIBAgIUZBhLM1jRL2k/PY4jaV8Oxyyb/7kwCgYIKoZIzj0EAwIw',
  'JzEQMA4GA1UECgwHRXhhbXBsZTETMBEGA1UEAwwKRXhhbXBsZSBDQTAeFw0yNjEx',
  'MjQyMDI1MzBaFw0zNjExMjEyMDI1MzBaMCcxEDAOBgNVBAoMB0V4YW1wbGUxEzAR',
  'BgNVBAMMCkV4YW1wbGUgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ0G1ex',
  '1xjli3vQ15+Q0UZUUtVwLTfCzsZBWjpyrXgMiDhfTpm3mxZhtIP/dCTswo0roD0M',
  'L5rLFZ4z+EeX8Yilo2MwYTAdBgNVHQ4EFgQUHt2FL3AZ2WQMAeImfb727gMMBgcw',
  'HwYDVR0jBBgwFoAUHt2FL3AZ2WQMAeImfb727gMMBgcwDwYDVR0TAQH/BAUwAwEB',
  '/zAOBgNVHQ8BAf8EBAMCAQYwCgYIKoZIzj0EAwIDRwAwRAIgbYCYdwrbcIdOhRvX',
  'Zw55rZrBTp2Da2CZ5bfmuNUdVPUCIDp6Gn6PS2KDYOwWUg71K7k0XjcbVjlVXIkc',
  'jhllYT/V',
  '-----END CERTIFICATE-----',
  ''
].join('\n')

/** A request that anybody may send as it is. */
export const exampleRequest = {
  chain: serverCertificate,
  caBundle: caCertificate,
  time: '2026-12-24T12:00:00Z',
  hostname: 'www.example.com',
  purpose: 'serverAuth'
}

/** What the service answers to it. */
export const exampleVerdict = {
  valid: true,
  outcome: 'valid',
  checkedAt: '2026-12-24T12:00:00Z',
  path: [
    {
      fingerprint: '2e90bcaf8e4900f01d34edb3378747ba2ee2d520c82d8ca7b88b094893e30f8a',
      subject: 'CN=www.example.com',
      issuer: 'CN=Example CA,O=Example',
      serialNumber: '1a2b3c4d5e6f',
      notBefore: '2026-11-24T20:25:30Z',
      notAfter: '2027-02-22T20:25:30Z',
      role: 'end-entity',
      source: 'chain[0]'
    },
    {
      fingerprint: '415c1fd8e80f132af64fe25db0eb14d0fb118c49a4c58e40c19fe65fd57eb4c9',
      subject: 'CN=Example CA,O=Example',
      issuer: 'CN=Example CA,O=Example',
      serialNumber: '64184b3358d12f693f3d8e23695f0ec72c9bffb9',
      notBefore: '2026-11-24T20:25:30Z',
      notAfter: '2036-11-21T20:25:30Z',
      role: 'trust-anchor',
      source: 'caBundle[0]'
    }
  ],
  errors: [],
  warnings: [],
  trustAnchor: {
    fingerprint: '415c1fd8e80f132af64fe25db0eb14d0fb118c49a4c58e40c19fe65fd57eb4c9',
    subject: 'CN=Example CA,O=Example',
    source: 'caBundle[0]'
  },
  trust: [
    {
      name: null,
      version: null,
      digest: '6c86ec793781acdc7cecd2a0c615335c73be394b62b23d51b4ff866baebab140'
    }
  ],
  checkAgainAt: '2027-02-22T20:25:30Z',
  checkAgainReason: 'certificate-expires',
  matchedNames: [
    {
      type: 'dns',
      value: 'www.example.com',
      matched: 'www.example.com'
    }
  ],
  policies: []
}

/** What it answers where the request names the host api.example.com. */
export const exampleRefusedVerdict = {
  valid: false,
  outcome: 'invalid',
  checkedAt: '2026-12-24T12:00:00Z',
  path: exampleVerdict.path,
  errors: [
    {
      code: 'hostname-mismatch',
      type: '/errors/hostname-mismatch',
      message: 'The certificate is not for api.example.com: it is for www.example.com.',
      certificate: 0,
      reference: 'RFC 9525 §6.3',
      remedy:
        'Use a name of the certificate, or have one issued with this name as a subject alternative name (in OpenSSL subjectAltName=DNS:…). A common name does not count.',
      details: {
        name: 'api.example.com',
        presented: ['www.example.com'],
        presentedCount: 1
      }
    }
  ],
  warnings: [],
  trustAnchor: exampleVerdict.trustAnchor,
  trust: exampleVerdict.trust,
  checkAgainAt: null,
  checkAgainReason: null,
  matchedNames: [
    {
      type: 'dns',
      value: 'api.example.com',
      matched: null
    }
  ]
}
