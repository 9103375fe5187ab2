/** What other tools call the same fault, as far as they tell it apart at all. OpenSSL's is by its numbers, in the code's row. */
export interface OtherNames {
  /** What crypto/x509 says. */
  readonly go?: string
  /** What java.security.cert says: an exception, or the reason of a CertPathValidatorException. */
  readonly java?: string
  /** A flag of X509ChainStatusFlags, or of SslPolicyErrors. */
  readonly dotnet?: string
  readonly chromium?: string
  readonly firefox?: string
}

/**
 * What a person may want to know about a code beside the message of a case.
 *
 * Command lines speak of files: `cert.pem` is the certificate at fault and `issuer.pem` the one above it, `chain.pem` what was sent,
 * `ca.pem` the trust anchors, `crl.pem` and `response.der` the evidence.
 */
export interface Explanation {
  /** What it means that a chain has this fault: a sentence or two. */
  readonly meaning: string
  /** How people come to it, the usual first. */
  readonly causes: readonly string[]
  /** How to see it with OpenSSL: a command line, and what to look for in what it prints. */
  readonly check: { readonly command: string; readonly shows: string }
  readonly names?: OtherNames
}

/** How to see a fault with OpenSSL. */
export const check = (command: string, shows: string): Explanation['check'] => ({ command, shows })

/** All that OpenSSL reads of the certificate at fault. */
export const showCertificate = 'openssl x509 -in cert.pem -noout -text'

/** What OpenSSL itself says of the chain. */
export const verifyChain = 'openssl verify -CAfile ca.pem -untrusted chain.pem chain.pem'
