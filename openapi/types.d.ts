// Written from openapi.json by "npm run openapi"; not by hand.

/** What is to be validated, and how. */
export interface ValidationRequest {
  /** PEM text with one or more certificates, or one base64 DER certificate a string. The first certificate is the one that is validated; the rest are candidates for its path, in any order. Text around the PEM blocks is ignored. */
  readonly chain: string | readonly string[]
  /** Further candidates, none of them trusted; in form as chain. */
  readonly intermediates?: string | readonly string[]
  /** Trust anchors for this request alone: a CA certificates file; in form as chain. */
  readonly caBundle?: string | readonly string[]
  /** CRLs to use; in form as chain. */
  readonly crls?: string | readonly string[]
  /** Trust stores of the service, by name. Where it is not given: the default stores of the service, or none where caBundle is given. */
  readonly trustStores?: readonly string[]
  /** The time at which the path must be valid, to the second. Now, where it is not given. */
  readonly time?: string
  /** Seconds by which time may be off in favour of a certificate, CRL or response. */
  readonly clockSkew?: number
  /** The DNS name or IP address that the certificate must be for (RFC 9525). */
  readonly hostname?: string
  /** Whether each of hostname and names must match, or one. */
  readonly namesMatch?: "all" | "any"
  /** Extended key usage that the path must allow: serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning or an OID. Not judged, where it is not given. */
  readonly purpose?: string | readonly string[]
  /** Whether each purpose must be allowed, or one. */
  readonly purposeMatch?: "all" | "any"
  /** Key usage bits that the end-entity certificate must assert where it has the extension. */
  readonly keyUsage?: readonly ("digitalSignature" | "nonRepudiation" | "keyEncipherment" | "dataEncipherment" | "keyAgreement" | "keyCertSign" | "cRLSign" | "encipherOnly" | "decipherOnly")[]
  /** webpki adds what the baseline requirements of the CA/Browser Forum ask of TLS server certificates and of the CAs above them. */
  readonly profile?: "rfc5280" | "webpki"
  /** path holds certificates to RFC 5280 §6, and what §4 asks of issuers is a warning; strict makes errors of these. */
  readonly certificateRules?: "path" | "strict"
  /** How many non-self-issued intermediate certificates a path may have at most. The limit of the service, where it is not given. */
  readonly maxIntermediates?: number
  /** Least strength of keys and signatures, with OpenSSL’s meaning: 0 none, 1 80 bits, 2 112, 3 128, 4 192, 5 256. The setting of the service (2), where it is not given. */
  readonly securityLevel?: 0 | 1 | 2 | 3 | 4 | 5
  /** Missing issuers may be fetched (caIssuers). */
  readonly fetchIssuers?: boolean
  /** A named set of options kept by the service, which the request cannot weaken. */
  readonly preset?: string
  /** client leaves out of the answer what an outsider should not learn: names of internal CAs, sources, stores. */
  readonly audience?: "operator" | "client"
  /** all also lists every candidate path that was tried, with the reason why it was given up. */
  readonly explain?: "none" | "path" | "all"
  /** Further identities that the certificate must be for. */
  readonly names?: readonly ({
    readonly type: "dns" | "ip" | "email" | "uri"
    readonly value: string
  })[]
  /** Initial subtrees, RFC 5280 §6.1.1 (h), (i). */
  readonly nameConstraints?: {
    readonly permitted?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
    readonly excluded?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
  }
  /** Inputs of RFC 5280 §6.1.1, processed as the graph of RFC 9618. */
  readonly policies?: {
    /** OIDs; any policy by default. */
    readonly initial?: readonly string[]
    /** RFC 5280 §6.1.1 (e) */
    readonly requireExplicit?: boolean
    /** RFC 5280 §6.1.1 (f) */
    readonly inhibitMapping?: boolean
    /** RFC 5280 §6.1.1 (g) */
    readonly inhibitAny?: boolean
  }
  /** What of the certificate of a trust anchor counts. */
  readonly anchorRules?: {
    /** Its validity period counts. */
    readonly validity?: boolean
    /** Its form, constraints, usages and policies count (RFC 5937). */
    readonly constraints?: boolean
    /** An end-entity certificate that is itself an anchor is accepted. */
    readonly acceptTarget?: boolean
  }
  /** OCSP responses to use, each in base64. */
  readonly ocspResponses?: readonly string[]
  /** Whether certificates have been revoked, and how to find out. */
  readonly revocation?: {
    /** prefer fails on revoked only, require on unknown as well. off, unless crls or ocspResponses are given: then require. */
    readonly mode?: "off" | "prefer" | "require"
    /** chain: all but the anchor. */
    readonly scope?: "leaf" | "chain"
    /** Seconds: the oldest evidence that is accepted. Any age by default. */
    readonly maxAge?: number
    /** Distribution points and responders may be asked; mode is require then, unless given. */
    readonly fetch?: boolean
  }
}

/** How to validate: the part `options` of a form. */
export interface ValidationOptions {
  /** Trust stores of the service, by name. Where it is not given: the default stores of the service, or none where caBundle is given. */
  readonly trustStores?: readonly string[]
  /** The time at which the path must be valid, to the second. Now, where it is not given. */
  readonly time?: string
  /** Seconds by which time may be off in favour of a certificate, CRL or response. */
  readonly clockSkew?: number
  /** The DNS name or IP address that the certificate must be for (RFC 9525). */
  readonly hostname?: string
  /** Whether each of hostname and names must match, or one. */
  readonly namesMatch?: "all" | "any"
  /** Extended key usage that the path must allow: serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning or an OID. Not judged, where it is not given. */
  readonly purpose?: string | readonly string[]
  /** Whether each purpose must be allowed, or one. */
  readonly purposeMatch?: "all" | "any"
  /** Key usage bits that the end-entity certificate must assert where it has the extension. */
  readonly keyUsage?: readonly ("digitalSignature" | "nonRepudiation" | "keyEncipherment" | "dataEncipherment" | "keyAgreement" | "keyCertSign" | "cRLSign" | "encipherOnly" | "decipherOnly")[]
  /** webpki adds what the baseline requirements of the CA/Browser Forum ask of TLS server certificates and of the CAs above them. */
  readonly profile?: "rfc5280" | "webpki"
  /** path holds certificates to RFC 5280 §6, and what §4 asks of issuers is a warning; strict makes errors of these. */
  readonly certificateRules?: "path" | "strict"
  /** How many non-self-issued intermediate certificates a path may have at most. The limit of the service, where it is not given. */
  readonly maxIntermediates?: number
  /** Least strength of keys and signatures, with OpenSSL’s meaning: 0 none, 1 80 bits, 2 112, 3 128, 4 192, 5 256. The setting of the service (2), where it is not given. */
  readonly securityLevel?: 0 | 1 | 2 | 3 | 4 | 5
  /** Missing issuers may be fetched (caIssuers). */
  readonly fetchIssuers?: boolean
  /** A named set of options kept by the service, which the request cannot weaken. */
  readonly preset?: string
  /** client leaves out of the answer what an outsider should not learn: names of internal CAs, sources, stores. */
  readonly audience?: "operator" | "client"
  /** all also lists every candidate path that was tried, with the reason why it was given up. */
  readonly explain?: "none" | "path" | "all"
  /** Further identities that the certificate must be for. */
  readonly names?: readonly ({
    readonly type: "dns" | "ip" | "email" | "uri"
    readonly value: string
  })[]
  /** Initial subtrees, RFC 5280 §6.1.1 (h), (i). */
  readonly nameConstraints?: {
    readonly permitted?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
    readonly excluded?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
  }
  /** Inputs of RFC 5280 §6.1.1, processed as the graph of RFC 9618. */
  readonly policies?: {
    /** OIDs; any policy by default. */
    readonly initial?: readonly string[]
    /** RFC 5280 §6.1.1 (e) */
    readonly requireExplicit?: boolean
    /** RFC 5280 §6.1.1 (f) */
    readonly inhibitMapping?: boolean
    /** RFC 5280 §6.1.1 (g) */
    readonly inhibitAny?: boolean
  }
  /** What of the certificate of a trust anchor counts. */
  readonly anchorRules?: {
    /** Its validity period counts. */
    readonly validity?: boolean
    /** Its form, constraints, usages and policies count (RFC 5937). */
    readonly constraints?: boolean
    /** An end-entity certificate that is itself an anchor is accepted. */
    readonly acceptTarget?: boolean
  }
  /** OCSP responses to use, each in base64. */
  readonly ocspResponses?: readonly string[]
  /** Whether certificates have been revoked, and how to find out. */
  readonly revocation?: {
    /** prefer fails on revoked only, require on unknown as well. off, unless crls or ocspResponses are given: then require. */
    readonly mode?: "off" | "prefer" | "require"
    /** chain: all but the anchor. */
    readonly scope?: "leaf" | "chain"
    /** Seconds: the oldest evidence that is accepted. Any age by default. */
    readonly maxAge?: number
    /** Distribution points and responders may be asked; mode is require then, unless given. */
    readonly fetch?: boolean
  }
}

/** Options are fields of their own, those with a structure as JSON, or all of them one JSON part `options`. A file, or a field that is a list, may be given several times; OCSP responses may be files too. */
export interface ValidationForm {
  /** The certificates: PEM, DER or PKCS#7. */
  readonly chain: string
  /** Further candidates, none of them trusted: PEM, DER or PKCS#7. */
  readonly intermediates?: string
  /** Trust anchors for this request alone: PEM, DER or PKCS#7. */
  readonly caBundle?: string
  /** CRLs to use: PEM or DER. */
  readonly crls?: string
  readonly options?: ValidationOptions
  /** Trust stores of the service, by name. Where it is not given: the default stores of the service, or none where caBundle is given. */
  readonly trustStores?: readonly string[]
  /** The time at which the path must be valid, to the second. Now, where it is not given. */
  readonly time?: string
  /** Seconds by which time may be off in favour of a certificate, CRL or response. */
  readonly clockSkew?: number
  /** The DNS name or IP address that the certificate must be for (RFC 9525). */
  readonly hostname?: string
  /** Whether each of hostname and names must match, or one. */
  readonly namesMatch?: "all" | "any"
  /** Extended key usage that the path must allow: serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning or an OID. Not judged, where it is not given. */
  readonly purpose?: string | readonly string[]
  /** Whether each purpose must be allowed, or one. */
  readonly purposeMatch?: "all" | "any"
  /** Key usage bits that the end-entity certificate must assert where it has the extension. */
  readonly keyUsage?: readonly ("digitalSignature" | "nonRepudiation" | "keyEncipherment" | "dataEncipherment" | "keyAgreement" | "keyCertSign" | "cRLSign" | "encipherOnly" | "decipherOnly")[]
  /** webpki adds what the baseline requirements of the CA/Browser Forum ask of TLS server certificates and of the CAs above them. */
  readonly profile?: "rfc5280" | "webpki"
  /** path holds certificates to RFC 5280 §6, and what §4 asks of issuers is a warning; strict makes errors of these. */
  readonly certificateRules?: "path" | "strict"
  /** How many non-self-issued intermediate certificates a path may have at most. The limit of the service, where it is not given. */
  readonly maxIntermediates?: number
  /** Least strength of keys and signatures, with OpenSSL’s meaning: 0 none, 1 80 bits, 2 112, 3 128, 4 192, 5 256. The setting of the service (2), where it is not given. */
  readonly securityLevel?: 0 | 1 | 2 | 3 | 4 | 5
  /** Missing issuers may be fetched (caIssuers). */
  readonly fetchIssuers?: boolean
  /** A named set of options kept by the service, which the request cannot weaken. */
  readonly preset?: string
  /** client leaves out of the answer what an outsider should not learn: names of internal CAs, sources, stores. */
  readonly audience?: "operator" | "client"
  /** all also lists every candidate path that was tried, with the reason why it was given up. */
  readonly explain?: "none" | "path" | "all"
  /** Further identities that the certificate must be for. */
  readonly names?: readonly ({
    readonly type: "dns" | "ip" | "email" | "uri"
    readonly value: string
  })[]
  /** Initial subtrees, RFC 5280 §6.1.1 (h), (i). */
  readonly nameConstraints?: {
    readonly permitted?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
    readonly excluded?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
  }
  /** Inputs of RFC 5280 §6.1.1, processed as the graph of RFC 9618. */
  readonly policies?: {
    /** OIDs; any policy by default. */
    readonly initial?: readonly string[]
    /** RFC 5280 §6.1.1 (e) */
    readonly requireExplicit?: boolean
    /** RFC 5280 §6.1.1 (f) */
    readonly inhibitMapping?: boolean
    /** RFC 5280 §6.1.1 (g) */
    readonly inhibitAny?: boolean
  }
  /** What of the certificate of a trust anchor counts. */
  readonly anchorRules?: {
    /** Its validity period counts. */
    readonly validity?: boolean
    /** Its form, constraints, usages and policies count (RFC 5937). */
    readonly constraints?: boolean
    /** An end-entity certificate that is itself an anchor is accepted. */
    readonly acceptTarget?: boolean
  }
  /** OCSP responses to use, each in base64. */
  readonly ocspResponses?: readonly string[]
  /** Whether certificates have been revoked, and how to find out. */
  readonly revocation?: {
    /** prefer fails on revoked only, require on unknown as well. off, unless crls or ocspResponses are given: then require. */
    readonly mode?: "off" | "prefer" | "require"
    /** chain: all but the anchor. */
    readonly scope?: "leaf" | "chain"
    /** Seconds: the oldest evidence that is accepted. Any age by default. */
    readonly maxAge?: number
    /** Distribution points and responders may be asked; mode is require then, unless given. */
    readonly fetch?: boolean
  }
}

/** From when to when the chain is valid without a gap, over all its paths and the evidence there is. */
export interface Timeline {
  /** The first second; null where nothing begins it. */
  readonly validFrom: string | null
  /** The first error a second before. */
  readonly begins: {
    /** limit-reached: what lies beyond was not tried. */
    readonly code: "pem-malformed" | "object-ignored" | "certificate-malformed" | "encoding-not-distinguished" | "version-unsupported" | "serial-number-invalid" | "issuer-name-empty" | "subject-name-empty" | "validity-malformed" | "validity-encoding" | "extension-malformed" | "extension-duplicate" | "extension-inconsistent" | "extension-not-allowed" | "extension-missing" | "extension-critical-unknown" | "extension-criticality-wrong" | "authority-key-identifier-missing" | "authority-key-identifier-invalid" | "subject-key-identifier-missing" | "subject-alternative-name-missing" | "subject-alternative-name-invalid" | "signature-invalid" | "signature-algorithm-unsupported" | "signature-algorithm-weak" | "signature-algorithm-mismatch" | "signature-hash-mismatch" | "public-key-weak" | "public-key-malformed" | "public-key-unsupported" | "issuer-not-found" | "self-signed-not-trusted" | "root-not-trusted" | "name-chaining-broken" | "key-identifier-mismatch" | "path-loop" | "limit-reached" | "fetching-unavailable" | "intermediate-fetched" | "not-yet-valid" | "expired" | "distrusted" | "anchor-constraint-violated" | "issuer-not-ca" | "path-length-exceeded" | "path-too-long" | "cert-sign-not-allowed" | "key-usage-mismatch" | "end-entity-is-ca" | "purpose-not-allowed" | "purpose-not-allowed-by-issuer" | "name-not-permitted" | "name-excluded" | "name-constraint-unsupported" | "name-constraint-malformed" | "hostname-mismatch" | "ip-address-mismatch" | "email-mismatch" | "uri-mismatch" | "wildcard-not-allowed" | "common-name-not-in-san" | "policy-not-acceptable" | "policy-extension-invalid" | "revoked" | "revocation-unknown" | "revocation-stale" | "revocation-unreachable" | "crl-invalid" | "crl-signer-not-found" | "crl-signer-not-valid" | "crl-scope-mismatch" | "ocsp-response-invalid" | "ocsp-responder-not-authorized" | "staple-required" | "no-rev-avail-conflict"
    /** For people; it may change. */
    readonly message: string
    /** The certificate that it is about; null where it is about none, and for the audience `client`. */
    readonly certificate: {
      readonly fingerprint: string
      readonly subject: string
      readonly source: string
    } | null
  } | null
  /** The last second; null where nothing ends it. */
  readonly validUntil: string | null
  /** The first error a second later: which certificate ends it and by which rule, often an intermediate. */
  readonly ends: {
    /** limit-reached: what lies beyond was not tried. */
    readonly code: "pem-malformed" | "object-ignored" | "certificate-malformed" | "encoding-not-distinguished" | "version-unsupported" | "serial-number-invalid" | "issuer-name-empty" | "subject-name-empty" | "validity-malformed" | "validity-encoding" | "extension-malformed" | "extension-duplicate" | "extension-inconsistent" | "extension-not-allowed" | "extension-missing" | "extension-critical-unknown" | "extension-criticality-wrong" | "authority-key-identifier-missing" | "authority-key-identifier-invalid" | "subject-key-identifier-missing" | "subject-alternative-name-missing" | "subject-alternative-name-invalid" | "signature-invalid" | "signature-algorithm-unsupported" | "signature-algorithm-weak" | "signature-algorithm-mismatch" | "signature-hash-mismatch" | "public-key-weak" | "public-key-malformed" | "public-key-unsupported" | "issuer-not-found" | "self-signed-not-trusted" | "root-not-trusted" | "name-chaining-broken" | "key-identifier-mismatch" | "path-loop" | "limit-reached" | "fetching-unavailable" | "intermediate-fetched" | "not-yet-valid" | "expired" | "distrusted" | "anchor-constraint-violated" | "issuer-not-ca" | "path-length-exceeded" | "path-too-long" | "cert-sign-not-allowed" | "key-usage-mismatch" | "end-entity-is-ca" | "purpose-not-allowed" | "purpose-not-allowed-by-issuer" | "name-not-permitted" | "name-excluded" | "name-constraint-unsupported" | "name-constraint-malformed" | "hostname-mismatch" | "ip-address-mismatch" | "email-mismatch" | "uri-mismatch" | "wildcard-not-allowed" | "common-name-not-in-san" | "policy-not-acceptable" | "policy-extension-invalid" | "revoked" | "revocation-unknown" | "revocation-stale" | "revocation-unreachable" | "crl-invalid" | "crl-signer-not-found" | "crl-signer-not-valid" | "crl-scope-mismatch" | "ocsp-response-invalid" | "ocsp-responder-not-authorized" | "staple-required" | "no-rev-avail-conflict"
    /** For people; it may change. */
    readonly message: string
    /** The certificate that it is about; null where it is about none, and for the audience `client`. */
    readonly certificate: {
      readonly fingerprint: string
      readonly subject: string
      readonly source: string
    } | null
  } | null
}

/** A change of the request with which the chain is valid: it was validated again with it. That it would be valid does not mean that it should be trusted. */
export interface Counterfactual {
  readonly changes: readonly ({
    readonly kind: "time" | "name" | "purpose" | "keyUsage" | "trust" | "trustStore" | "intermediate" | "maxIntermediates" | "securityLevel" | "policies" | "nameConstraints" | "rules" | "revocation"
    /** For people; it may change. */
    readonly message: string
  })[]
  /** Members of the request to be replaced, and where null to be left out, as by RFC 7396. */
  readonly set: { readonly [name: string]: unknown }
  /** What to put at the end of these fields of the request. */
  readonly add: {
    /** PEM. */
    readonly caBundle?: string
    /** PEM. */
    readonly intermediates?: string
  }
}

/** Whether the first certificate of chain is valid, and every reason why it is not. */
export interface Verdict {
  /** True only where outcome is valid. */
  readonly valid: boolean
  /** indeterminate: the search stopped at a limit, or evidence was missing; it may be asked again. */
  readonly outcome: "valid" | "invalid" | "indeterminate"
  /** The time of validation. */
  readonly checkedAt: string
  /** The valid path, or the best candidate; end-entity first. Empty with explain none. */
  readonly path: readonly PathEntry[]
  /** Every violation found on the path; empty if and only if valid is true. */
  readonly errors: readonly Finding[]
  /** What never changes the verdict. */
  readonly warnings: readonly Finding[]
  /** Where the path ends; null where it ends at no trust anchor, and for the audience `client`. */
  readonly trustAnchor: {
    readonly fingerprint: string
    readonly subject: string
    readonly source: string
  } | null
  /** The trust stores that were consulted; none are named to the audience `client`. */
  readonly trust: readonly ({
    /** Null for the caBundle of the request. */
    readonly name: string | null
    /** What its source says of its version. */
    readonly version: string | null
    /** SHA-256 over the sorted fingerprints of its certificates. */
    readonly digest: string
  })[]
  /** Until when the answer as a whole can be relied upon without asking again. Valid: the last second before something that it rests on ends. Not valid: the time from which on the same chain may come out otherwise; that of the validation where evidence is what it takes, so that waiting gains nothing; null where neither time nor evidence changes the answer. */
  readonly checkAgainAt: string | null
  /** What changes at checkAgainAt. Valid: certificate-expires; evidence-expires (ask again with newer CRLs or OCSP responses). Invalid: certificate-becomes-valid; hold-may-end (the evidence of a certificateHold goes out of date). Indeterminate: evidence-becomes-current (it is of a later time); evidence-stale (newer evidence should be there: fetch it and ask again at once); evidence-missing (errors and warnings say which; ask again with it); limit-reached (send less: at any time the same request ends at the same limit). Null where nothing changes. */
  readonly checkAgainReason: "certificate-expires" | "evidence-expires" | "certificate-becomes-valid" | "hold-may-end" | "evidence-becomes-current" | "evidence-stale" | "evidence-missing" | "limit-reached" | null
  /** Where names were asked for: which alternative name matched each. */
  readonly matchedNames?: readonly ({
    readonly type: "dns" | "ip" | "email" | "uri"
    /** The name asked for. */
    readonly value: string
    /** The alternative name that matched it, or null. */
    readonly matched: string | null
  })[]
  /** Where the path is valid: the user-constrained policy set, 2.5.29.32.0 for any. */
  readonly policies?: readonly string[]
  /** Where a private key came in chain. It was used for this alone, and dropped. */
  readonly privateKey?: {
    /** Whether it belongs to the first certificate; null where it is encrypted. */
    readonly matches: boolean | null
    readonly precedesCertificate: boolean
    readonly encrypted: boolean
  }
  /** What was asked for outside for this answer, where anything was; not for the audience `client`. */
  readonly fetches?: readonly ({
    readonly url: string
    readonly kind: "crl" | "ocsp" | "issuer"
    /** kept: it had been fetched before, by this process or another. */
    readonly outcome: "fetched" | "kept" | "failed"
    /** Why it failed. */
    readonly reason?: string
  })[]
  /** With explain all: the candidate paths, nearest to valid first. */
  readonly attempts?: readonly Attempt[]
  /** With explain all: around the time of validation, or where it is not valid then around the nearest time at which it is; null where no such time was found. */
  readonly timeline?: Timeline | null
  /** With explain all, where it is not valid: what would make it valid, the smallest changes first. For the audience `client` only what tells nothing of CAs and stores. */
  readonly wouldBeValid?: readonly Counterfactual[]
}

/** A certificate of a path. */
export interface PathEntry {
  /** SHA-256 of the DER in lower-case hex. Left out for the audience `client` where it would tell of internal CAs. */
  readonly fingerprint?: string
  /** RFC 4514. Left out for the audience `client` where it would tell of internal CAs. */
  readonly subject?: string
  /** RFC 4514. Left out for the audience `client` where it would tell of internal CAs. */
  readonly issuer?: string
  /** The octets of the INTEGER in lower-case hex. Left out for the audience `client` where it would tell of internal CAs. */
  readonly serialNumber?: string
  /** RFC 3339; null where it cannot be read. */
  readonly notBefore: string | null
  /** RFC 3339; null where it cannot be read. */
  readonly notAfter: string | null
  readonly role: "end-entity" | "intermediate" | "trust-anchor"
  /** Where it came from: chain[n], intermediates[n], caBundle[n], trustStore:NAME or fetched:URL. Left out for the audience `client` where it would tell of internal CAs. */
  readonly source?: string
  readonly revocation?: Revocation
}

/** What is known of the revocation of a certificate. */
export interface Revocation {
  readonly status: "good" | "revoked" | "unknown"
  /** Where revoked: the reason of RFC 5280 §5.3.1, unspecified where none is given. */
  readonly reason?: "unspecified" | "keyCompromise" | "cACompromise" | "affiliationChanged" | "superseded" | "cessationOfOperation" | "certificateHold" | "removeFromCRL" | "privilegeWithdrawn" | "aACompromise"
  /** Where revoked: since when. */
  readonly revokedAt?: string
  /** Where revoked: since when the key is thought to be compromised. */
  readonly invalidityDate?: string
  /** What the status rests on; empty where it is unknown. Left out for the audience `client`. */
  readonly evidence?: readonly Evidence[]
}

/** A CRL or an OCSP response that a status rests on. */
export interface Evidence {
  readonly type: "crl" | "ocsp"
  /** crls[n], ocspResponses[n], trustStore:NAME or fetched:URL. */
  readonly source: string
  /** RFC 3339; null where it does not say. */
  readonly thisUpdate: string | null
  /** RFC 3339; null where it does not say. */
  readonly nextUpdate: string | null
}

/** An error or a warning. */
export interface Finding {
  /** Stable: never renamed or reused. */
  readonly code: "pem-malformed" | "object-ignored" | "certificate-malformed" | "encoding-not-distinguished" | "version-unsupported" | "serial-number-invalid" | "issuer-name-empty" | "subject-name-empty" | "validity-malformed" | "validity-encoding" | "extension-malformed" | "extension-duplicate" | "extension-inconsistent" | "extension-not-allowed" | "extension-missing" | "extension-critical-unknown" | "extension-criticality-wrong" | "authority-key-identifier-missing" | "authority-key-identifier-invalid" | "subject-key-identifier-missing" | "subject-alternative-name-missing" | "subject-alternative-name-invalid" | "signature-invalid" | "signature-algorithm-unsupported" | "signature-algorithm-weak" | "signature-algorithm-mismatch" | "signature-hash-mismatch" | "public-key-weak" | "public-key-malformed" | "public-key-unsupported" | "issuer-not-found" | "self-signed-not-trusted" | "root-not-trusted" | "name-chaining-broken" | "key-identifier-mismatch" | "path-loop" | "limit-reached" | "fetching-unavailable" | "intermediate-fetched" | "not-yet-valid" | "expired" | "distrusted" | "anchor-constraint-violated" | "issuer-not-ca" | "path-length-exceeded" | "path-too-long" | "cert-sign-not-allowed" | "key-usage-mismatch" | "end-entity-is-ca" | "purpose-not-allowed" | "purpose-not-allowed-by-issuer" | "name-not-permitted" | "name-excluded" | "name-constraint-unsupported" | "name-constraint-malformed" | "hostname-mismatch" | "ip-address-mismatch" | "email-mismatch" | "uri-mismatch" | "wildcard-not-allowed" | "common-name-not-in-san" | "policy-not-acceptable" | "policy-extension-invalid" | "revoked" | "revocation-unknown" | "revocation-stale" | "revocation-unreachable" | "crl-invalid" | "crl-signer-not-found" | "crl-signer-not-valid" | "crl-scope-mismatch" | "ocsp-response-invalid" | "ocsp-responder-not-authorized" | "staple-required" | "no-rev-avail-conflict"
  /** /errors/CODE: the path of the page that explains the code. */
  readonly type: string
  /** For people; it may change. */
  readonly message: string
  /** An index in the path, end-entity first; null for the path as a whole. */
  readonly certificate: number | null
  /** The standard and its section. */
  readonly reference: string
  /** What a person can do about it. */
  readonly remedy: string
  /** The values of this case; each code has its own. */
  readonly details: { readonly [name: string]: unknown }
}

/** A candidate path that was tried. */
export interface Attempt {
  readonly path: readonly PathEntry[]
  /** indeterminate: the search stopped at a limit, or evidence was missing; it may be asked again. */
  readonly outcome: "valid" | "invalid" | "indeterminate"
  readonly errors: readonly Finding[]
}

/** A chain that is to be put right, and by what it is judged. */
export interface ChainRequest {
  /** PEM text with one or more certificates, or one base64 DER certificate a string. The first certificate is the one that is validated; the rest are candidates for its path, in any order. Text around the PEM blocks is ignored. */
  readonly chain: string | readonly string[]
  /** Further candidates, none of them trusted; in form as chain. */
  readonly intermediates?: string | readonly string[]
  /** Trust anchors for this request alone: a CA certificates file; in form as chain. */
  readonly caBundle?: string | readonly string[]
  /** CRLs to use; in form as chain. */
  readonly crls?: string | readonly string[]
  /** Trust stores of the service, by name. Where it is not given: the default stores of the service, or none where caBundle is given. */
  readonly trustStores?: readonly string[]
  /** The time at which the path must be valid, to the second. Now, where it is not given. */
  readonly time?: string
  /** Seconds by which time may be off in favour of a certificate, CRL or response. */
  readonly clockSkew?: number
  /** The DNS name or IP address that the certificate must be for (RFC 9525). */
  readonly hostname?: string
  /** Whether each of hostname and names must match, or one. */
  readonly namesMatch?: "all" | "any"
  /** Extended key usage that the path must allow: serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning or an OID. Not judged, where it is not given. */
  readonly purpose?: string | readonly string[]
  /** Whether each purpose must be allowed, or one. */
  readonly purposeMatch?: "all" | "any"
  /** Key usage bits that the end-entity certificate must assert where it has the extension. */
  readonly keyUsage?: readonly ("digitalSignature" | "nonRepudiation" | "keyEncipherment" | "dataEncipherment" | "keyAgreement" | "keyCertSign" | "cRLSign" | "encipherOnly" | "decipherOnly")[]
  /** webpki adds what the baseline requirements of the CA/Browser Forum ask of TLS server certificates and of the CAs above them. */
  readonly profile?: "rfc5280" | "webpki"
  /** path holds certificates to RFC 5280 §6, and what §4 asks of issuers is a warning; strict makes errors of these. */
  readonly certificateRules?: "path" | "strict"
  /** How many non-self-issued intermediate certificates a path may have at most. The limit of the service, where it is not given. */
  readonly maxIntermediates?: number
  /** Least strength of keys and signatures, with OpenSSL’s meaning: 0 none, 1 80 bits, 2 112, 3 128, 4 192, 5 256. The setting of the service (2), where it is not given. */
  readonly securityLevel?: 0 | 1 | 2 | 3 | 4 | 5
  /** Missing issuers may be fetched (caIssuers). */
  readonly fetchIssuers?: boolean
  /** A named set of options kept by the service, which the request cannot weaken. */
  readonly preset?: string
  /** client leaves out of the answer what an outsider should not learn: names of internal CAs, sources, stores. */
  readonly audience?: "operator" | "client"
  /** all also lists every candidate path that was tried, with the reason why it was given up. */
  readonly explain?: "none" | "path" | "all"
  /** Further identities that the certificate must be for. */
  readonly names?: readonly ({
    readonly type: "dns" | "ip" | "email" | "uri"
    readonly value: string
  })[]
  /** Initial subtrees, RFC 5280 §6.1.1 (h), (i). */
  readonly nameConstraints?: {
    readonly permitted?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
    readonly excluded?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
  }
  /** Inputs of RFC 5280 §6.1.1, processed as the graph of RFC 9618. */
  readonly policies?: {
    /** OIDs; any policy by default. */
    readonly initial?: readonly string[]
    /** RFC 5280 §6.1.1 (e) */
    readonly requireExplicit?: boolean
    /** RFC 5280 §6.1.1 (f) */
    readonly inhibitMapping?: boolean
    /** RFC 5280 §6.1.1 (g) */
    readonly inhibitAny?: boolean
  }
  /** What of the certificate of a trust anchor counts. */
  readonly anchorRules?: {
    /** Its validity period counts. */
    readonly validity?: boolean
    /** Its form, constraints, usages and policies count (RFC 5937). */
    readonly constraints?: boolean
    /** An end-entity certificate that is itself an anchor is accepted. */
    readonly acceptTarget?: boolean
  }
  /** OCSP responses to use, each in base64. */
  readonly ocspResponses?: readonly string[]
  /** Whether certificates have been revoked, and how to find out. */
  readonly revocation?: {
    /** prefer fails on revoked only, require on unknown as well. off, unless crls or ocspResponses are given: then require. */
    readonly mode?: "off" | "prefer" | "require"
    /** chain: all but the anchor. */
    readonly scope?: "leaf" | "chain"
    /** Seconds: the oldest evidence that is accepted. Any age by default. */
    readonly maxAge?: number
    /** Distribution points and responders may be asked; mode is require then, unless given. */
    readonly fetch?: boolean
  }
  /** Whether the root is given back as well. Servers need not send it: who trusts it has it. */
  readonly includeRoot?: boolean
}

/** The part `options` of a form. */
export interface ChainOptions {
  /** Trust stores of the service, by name. Where it is not given: the default stores of the service, or none where caBundle is given. */
  readonly trustStores?: readonly string[]
  /** The time at which the path must be valid, to the second. Now, where it is not given. */
  readonly time?: string
  /** Seconds by which time may be off in favour of a certificate, CRL or response. */
  readonly clockSkew?: number
  /** The DNS name or IP address that the certificate must be for (RFC 9525). */
  readonly hostname?: string
  /** Whether each of hostname and names must match, or one. */
  readonly namesMatch?: "all" | "any"
  /** Extended key usage that the path must allow: serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning or an OID. Not judged, where it is not given. */
  readonly purpose?: string | readonly string[]
  /** Whether each purpose must be allowed, or one. */
  readonly purposeMatch?: "all" | "any"
  /** Key usage bits that the end-entity certificate must assert where it has the extension. */
  readonly keyUsage?: readonly ("digitalSignature" | "nonRepudiation" | "keyEncipherment" | "dataEncipherment" | "keyAgreement" | "keyCertSign" | "cRLSign" | "encipherOnly" | "decipherOnly")[]
  /** webpki adds what the baseline requirements of the CA/Browser Forum ask of TLS server certificates and of the CAs above them. */
  readonly profile?: "rfc5280" | "webpki"
  /** path holds certificates to RFC 5280 §6, and what §4 asks of issuers is a warning; strict makes errors of these. */
  readonly certificateRules?: "path" | "strict"
  /** How many non-self-issued intermediate certificates a path may have at most. The limit of the service, where it is not given. */
  readonly maxIntermediates?: number
  /** Least strength of keys and signatures, with OpenSSL’s meaning: 0 none, 1 80 bits, 2 112, 3 128, 4 192, 5 256. The setting of the service (2), where it is not given. */
  readonly securityLevel?: 0 | 1 | 2 | 3 | 4 | 5
  /** Missing issuers may be fetched (caIssuers). */
  readonly fetchIssuers?: boolean
  /** A named set of options kept by the service, which the request cannot weaken. */
  readonly preset?: string
  /** client leaves out of the answer what an outsider should not learn: names of internal CAs, sources, stores. */
  readonly audience?: "operator" | "client"
  /** all also lists every candidate path that was tried, with the reason why it was given up. */
  readonly explain?: "none" | "path" | "all"
  /** Further identities that the certificate must be for. */
  readonly names?: readonly ({
    readonly type: "dns" | "ip" | "email" | "uri"
    readonly value: string
  })[]
  /** Initial subtrees, RFC 5280 §6.1.1 (h), (i). */
  readonly nameConstraints?: {
    readonly permitted?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
    readonly excluded?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
  }
  /** Inputs of RFC 5280 §6.1.1, processed as the graph of RFC 9618. */
  readonly policies?: {
    /** OIDs; any policy by default. */
    readonly initial?: readonly string[]
    /** RFC 5280 §6.1.1 (e) */
    readonly requireExplicit?: boolean
    /** RFC 5280 §6.1.1 (f) */
    readonly inhibitMapping?: boolean
    /** RFC 5280 §6.1.1 (g) */
    readonly inhibitAny?: boolean
  }
  /** What of the certificate of a trust anchor counts. */
  readonly anchorRules?: {
    /** Its validity period counts. */
    readonly validity?: boolean
    /** Its form, constraints, usages and policies count (RFC 5937). */
    readonly constraints?: boolean
    /** An end-entity certificate that is itself an anchor is accepted. */
    readonly acceptTarget?: boolean
  }
  /** OCSP responses to use, each in base64. */
  readonly ocspResponses?: readonly string[]
  /** Whether certificates have been revoked, and how to find out. */
  readonly revocation?: {
    /** prefer fails on revoked only, require on unknown as well. off, unless crls or ocspResponses are given: then require. */
    readonly mode?: "off" | "prefer" | "require"
    /** chain: all but the anchor. */
    readonly scope?: "leaf" | "chain"
    /** Seconds: the oldest evidence that is accepted. Any age by default. */
    readonly maxAge?: number
    /** Distribution points and responders may be asked; mode is require then, unless given. */
    readonly fetch?: boolean
  }
  /** Whether the root is given back as well. Servers need not send it: who trusts it has it. */
  readonly includeRoot?: boolean
}

/** As that of POST /validate. */
export interface ChainForm {
  /** The certificates: PEM, DER or PKCS#7. */
  readonly chain: string
  /** Further candidates, none of them trusted: PEM, DER or PKCS#7. */
  readonly intermediates?: string
  /** Trust anchors for this request alone: PEM, DER or PKCS#7. */
  readonly caBundle?: string
  /** CRLs to use: PEM or DER. */
  readonly crls?: string
  readonly options?: ChainOptions
  /** Trust stores of the service, by name. Where it is not given: the default stores of the service, or none where caBundle is given. */
  readonly trustStores?: readonly string[]
  /** The time at which the path must be valid, to the second. Now, where it is not given. */
  readonly time?: string
  /** Seconds by which time may be off in favour of a certificate, CRL or response. */
  readonly clockSkew?: number
  /** The DNS name or IP address that the certificate must be for (RFC 9525). */
  readonly hostname?: string
  /** Whether each of hostname and names must match, or one. */
  readonly namesMatch?: "all" | "any"
  /** Extended key usage that the path must allow: serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning or an OID. Not judged, where it is not given. */
  readonly purpose?: string | readonly string[]
  /** Whether each purpose must be allowed, or one. */
  readonly purposeMatch?: "all" | "any"
  /** Key usage bits that the end-entity certificate must assert where it has the extension. */
  readonly keyUsage?: readonly ("digitalSignature" | "nonRepudiation" | "keyEncipherment" | "dataEncipherment" | "keyAgreement" | "keyCertSign" | "cRLSign" | "encipherOnly" | "decipherOnly")[]
  /** webpki adds what the baseline requirements of the CA/Browser Forum ask of TLS server certificates and of the CAs above them. */
  readonly profile?: "rfc5280" | "webpki"
  /** path holds certificates to RFC 5280 §6, and what §4 asks of issuers is a warning; strict makes errors of these. */
  readonly certificateRules?: "path" | "strict"
  /** How many non-self-issued intermediate certificates a path may have at most. The limit of the service, where it is not given. */
  readonly maxIntermediates?: number
  /** Least strength of keys and signatures, with OpenSSL’s meaning: 0 none, 1 80 bits, 2 112, 3 128, 4 192, 5 256. The setting of the service (2), where it is not given. */
  readonly securityLevel?: 0 | 1 | 2 | 3 | 4 | 5
  /** Missing issuers may be fetched (caIssuers). */
  readonly fetchIssuers?: boolean
  /** A named set of options kept by the service, which the request cannot weaken. */
  readonly preset?: string
  /** client leaves out of the answer what an outsider should not learn: names of internal CAs, sources, stores. */
  readonly audience?: "operator" | "client"
  /** all also lists every candidate path that was tried, with the reason why it was given up. */
  readonly explain?: "none" | "path" | "all"
  /** Further identities that the certificate must be for. */
  readonly names?: readonly ({
    readonly type: "dns" | "ip" | "email" | "uri"
    readonly value: string
  })[]
  /** Initial subtrees, RFC 5280 §6.1.1 (h), (i). */
  readonly nameConstraints?: {
    readonly permitted?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
    readonly excluded?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
  }
  /** Inputs of RFC 5280 §6.1.1, processed as the graph of RFC 9618. */
  readonly policies?: {
    /** OIDs; any policy by default. */
    readonly initial?: readonly string[]
    /** RFC 5280 §6.1.1 (e) */
    readonly requireExplicit?: boolean
    /** RFC 5280 §6.1.1 (f) */
    readonly inhibitMapping?: boolean
    /** RFC 5280 §6.1.1 (g) */
    readonly inhibitAny?: boolean
  }
  /** What of the certificate of a trust anchor counts. */
  readonly anchorRules?: {
    /** Its validity period counts. */
    readonly validity?: boolean
    /** Its form, constraints, usages and policies count (RFC 5937). */
    readonly constraints?: boolean
    /** An end-entity certificate that is itself an anchor is accepted. */
    readonly acceptTarget?: boolean
  }
  /** OCSP responses to use, each in base64. */
  readonly ocspResponses?: readonly string[]
  /** Whether certificates have been revoked, and how to find out. */
  readonly revocation?: {
    /** prefer fails on revoked only, require on unknown as well. off, unless crls or ocspResponses are given: then require. */
    readonly mode?: "off" | "prefer" | "require"
    /** chain: all but the anchor. */
    readonly scope?: "leaf" | "chain"
    /** Seconds: the oldest evidence that is accepted. Any age by default. */
    readonly maxAge?: number
    /** Distribution points and responders may be asked; mode is require then, unless given. */
    readonly fetch?: boolean
  }
  /** Whether the root is given back as well. Servers need not send it: who trusts it has it. */
  readonly includeRoot?: boolean
}

/** A certificate of the chain, or one that was left out of it. */
export interface ChainCertificate {
  /** SHA-256 of the DER in lower-case hex. */
  readonly fingerprint: string
  /** RFC 4514. */
  readonly subject: string
  /** RFC 4514. */
  readonly issuer: string
  /** chain[n], intermediates[n], caBundle[n], trustStore:NAME or fetched:URL. Null for the audience `client` where the service added it. */
  readonly source: string | null
}

/** What was done to the chain that was sent. */
export interface ChainChange {
  readonly action: "moved" | "added" | "removed"
  /** Null for what cannot be read. */
  readonly certificate: ChainCertificate | null
  /** Its index in what was sent; null for what was added. */
  readonly from: number | null
  /** Its index in what is given back; null for what was removed. */
  readonly to: number | null
  /** Why it was removed: duplicate; root (none was asked for); not-needed (the path goes another way); stranger (no names lead to it); unreadable. Null for other actions. */
  readonly reason: "duplicate" | "root" | "not-needed" | "stranger" | "unreadable" | null
  /** For people; it may change. */
  readonly message: string
}

/** A chain that was put right, and what a validation of it alone says. */
export interface RepairedChain {
  /** PEM, end entity first. */
  readonly chain: string
  /** It leads to a trust anchor by itself, without anything that was sent beside it. */
  readonly complete: boolean
  /** What it holds, end entity first. */
  readonly certificates: readonly ChainCertificate[]
  /** Empty where the chain was right as it came. */
  readonly changes: readonly ChainChange[]
  /** Where a private key came in chain. It was used for this alone, and dropped; it is never given back. */
  readonly privateKey?: {
    /** Whether it belongs to the end entity; null where it is encrypted, or nothing can be said of it. */
    readonly matches: boolean | null
    readonly precedesCertificate: boolean
    readonly encrypted: boolean
    /** The string of an array that it stood in. */
    readonly element: number | null
    /** The line of its PEM block, from 1. */
    readonly line: number | null
  }
  readonly verdict: Verdict
}

/** A place at fault. */
export interface ProblemError {
  /** JSON Pointer (RFC 6901) into the request. */
  readonly pointer: string
  /** Stable: never renamed or reused. */
  readonly code: "request-malformed" | "body-malformed" | "field-unknown" | "field-invalid" | "option-conflict" | "trust-store-not-found" | "not-authenticated" | "changes-disabled" | "not-found" | "method-not-allowed" | "not-acceptable" | "request-timeout" | "trust-store-conflict" | "trust-store-limit" | "trust-store-version-gone" | "precondition-failed" | "body-too-large" | "too-many-certificates" | "content-type-unsupported" | "expectation-failed" | "chain-empty" | "trust-store-empty" | "certificate-not-ca" | "pem-malformed" | "certificate-malformed" | "crl-malformed" | "ocsp-response-malformed" | "container-unsupported" | "private-key-refused" | "limit-reached" | "rate-limited" | "header-too-large" | "internal-error" | "overloaded" | "storage-unavailable"
  readonly detail: string
  /** The line of the block at fault inside PEM text. */
  readonly line?: number
}

/** RFC 9457: why there is no verdict. */
export interface Problem {
  /** /errors/CODE: the path of the page that explains the code. */
  readonly type: string
  /** What the code means in general. */
  readonly title: string
  readonly status: number
  /** What is wrong in this case, for people; it may change. */
  readonly detail: string
  /** Stable: never renamed or reused. */
  readonly code: "request-malformed" | "body-malformed" | "field-unknown" | "field-invalid" | "option-conflict" | "trust-store-not-found" | "not-authenticated" | "changes-disabled" | "not-found" | "method-not-allowed" | "not-acceptable" | "request-timeout" | "trust-store-conflict" | "trust-store-limit" | "trust-store-version-gone" | "precondition-failed" | "body-too-large" | "too-many-certificates" | "content-type-unsupported" | "expectation-failed" | "chain-empty" | "trust-store-empty" | "certificate-not-ca" | "pem-malformed" | "certificate-malformed" | "crl-malformed" | "ocsp-response-malformed" | "container-unsupported" | "private-key-refused" | "limit-reached" | "rate-limited" | "header-too-large" | "internal-error" | "overloaded" | "storage-unavailable"
  /** The places at fault. */
  readonly errors: readonly ProblemError[]
}

/** A body of POST /validate, with an id. */
export interface BatchLine {
  /** What the line is known by; its answer has the same. */
  readonly id?: string | number | null
  /** PEM text with one or more certificates, or one base64 DER certificate a string. The first certificate is the one that is validated; the rest are candidates for its path, in any order. Text around the PEM blocks is ignored. */
  readonly chain: string | readonly string[]
  /** Further candidates, none of them trusted; in form as chain. */
  readonly intermediates?: string | readonly string[]
  /** Trust anchors for this request alone: a CA certificates file; in form as chain. */
  readonly caBundle?: string | readonly string[]
  /** CRLs to use; in form as chain. */
  readonly crls?: string | readonly string[]
  /** Trust stores of the service, by name. Where it is not given: the default stores of the service, or none where caBundle is given. */
  readonly trustStores?: readonly string[]
  /** The time at which the path must be valid, to the second. Now, where it is not given. */
  readonly time?: string
  /** Seconds by which time may be off in favour of a certificate, CRL or response. */
  readonly clockSkew?: number
  /** The DNS name or IP address that the certificate must be for (RFC 9525). */
  readonly hostname?: string
  /** Whether each of hostname and names must match, or one. */
  readonly namesMatch?: "all" | "any"
  /** Extended key usage that the path must allow: serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning or an OID. Not judged, where it is not given. */
  readonly purpose?: string | readonly string[]
  /** Whether each purpose must be allowed, or one. */
  readonly purposeMatch?: "all" | "any"
  /** Key usage bits that the end-entity certificate must assert where it has the extension. */
  readonly keyUsage?: readonly ("digitalSignature" | "nonRepudiation" | "keyEncipherment" | "dataEncipherment" | "keyAgreement" | "keyCertSign" | "cRLSign" | "encipherOnly" | "decipherOnly")[]
  /** webpki adds what the baseline requirements of the CA/Browser Forum ask of TLS server certificates and of the CAs above them. */
  readonly profile?: "rfc5280" | "webpki"
  /** path holds certificates to RFC 5280 §6, and what §4 asks of issuers is a warning; strict makes errors of these. */
  readonly certificateRules?: "path" | "strict"
  /** How many non-self-issued intermediate certificates a path may have at most. The limit of the service, where it is not given. */
  readonly maxIntermediates?: number
  /** Least strength of keys and signatures, with OpenSSL’s meaning: 0 none, 1 80 bits, 2 112, 3 128, 4 192, 5 256. The setting of the service (2), where it is not given. */
  readonly securityLevel?: 0 | 1 | 2 | 3 | 4 | 5
  /** Missing issuers may be fetched (caIssuers). */
  readonly fetchIssuers?: boolean
  /** A named set of options kept by the service, which the request cannot weaken. */
  readonly preset?: string
  /** client leaves out of the answer what an outsider should not learn: names of internal CAs, sources, stores. */
  readonly audience?: "operator" | "client"
  /** all also lists every candidate path that was tried, with the reason why it was given up. */
  readonly explain?: "none" | "path" | "all"
  /** Further identities that the certificate must be for. */
  readonly names?: readonly ({
    readonly type: "dns" | "ip" | "email" | "uri"
    readonly value: string
  })[]
  /** Initial subtrees, RFC 5280 §6.1.1 (h), (i). */
  readonly nameConstraints?: {
    readonly permitted?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
    readonly excluded?: readonly ({
      readonly type: "dns" | "ip" | "email" | "uri" | "directory"
      /** As in a name constraint; a directory name is RFC 4514. */
      readonly value: string
    })[]
  }
  /** Inputs of RFC 5280 §6.1.1, processed as the graph of RFC 9618. */
  readonly policies?: {
    /** OIDs; any policy by default. */
    readonly initial?: readonly string[]
    /** RFC 5280 §6.1.1 (e) */
    readonly requireExplicit?: boolean
    /** RFC 5280 §6.1.1 (f) */
    readonly inhibitMapping?: boolean
    /** RFC 5280 §6.1.1 (g) */
    readonly inhibitAny?: boolean
  }
  /** What of the certificate of a trust anchor counts. */
  readonly anchorRules?: {
    /** Its validity period counts. */
    readonly validity?: boolean
    /** Its form, constraints, usages and policies count (RFC 5937). */
    readonly constraints?: boolean
    /** An end-entity certificate that is itself an anchor is accepted. */
    readonly acceptTarget?: boolean
  }
  /** OCSP responses to use, each in base64. */
  readonly ocspResponses?: readonly string[]
  /** Whether certificates have been revoked, and how to find out. */
  readonly revocation?: {
    /** prefer fails on revoked only, require on unknown as well. off, unless crls or ocspResponses are given: then require. */
    readonly mode?: "off" | "prefer" | "require"
    /** chain: all but the anchor. */
    readonly scope?: "leaf" | "chain"
    /** Seconds: the oldest evidence that is accepted. Any age by default. */
    readonly maxAge?: number
    /** Distribution points and responders may be asked; mode is require then, unless given. */
    readonly fetch?: boolean
  }
}

/** The answer to one line; id is null where the line cannot be read. */
export interface BatchAnswer {
  /** What the line is known by; its answer has the same. */
  readonly id: string | number | null
  /** As POST /validate would have answered. */
  readonly status: number
  /** A verdict or a problem. */
  readonly body: Verdict | Problem
}

/** A name or a constraint on names. */
export interface NameItem {
  /** dns, email, uri, ip, directory, registeredId, other, x400, ediParty or unknown. */
  readonly type: string
  /** Text, or hex where the type has none. */
  readonly value: string
  /** Of an otherName. */
  readonly oid?: string
}

/** What is wrong with an object by itself, or unusual about it. */
export interface DescribedFault {
  /** Stable: never renamed or reused. */
  readonly code: "pem-malformed" | "object-ignored" | "certificate-malformed" | "encoding-not-distinguished" | "version-unsupported" | "serial-number-invalid" | "issuer-name-empty" | "subject-name-empty" | "validity-malformed" | "validity-encoding" | "extension-malformed" | "extension-duplicate" | "extension-inconsistent" | "extension-not-allowed" | "extension-missing" | "extension-critical-unknown" | "extension-criticality-wrong" | "authority-key-identifier-missing" | "authority-key-identifier-invalid" | "subject-key-identifier-missing" | "subject-alternative-name-missing" | "subject-alternative-name-invalid" | "signature-invalid" | "signature-algorithm-unsupported" | "signature-algorithm-weak" | "signature-algorithm-mismatch" | "signature-hash-mismatch" | "public-key-weak" | "public-key-malformed" | "public-key-unsupported" | "issuer-not-found" | "self-signed-not-trusted" | "root-not-trusted" | "name-chaining-broken" | "key-identifier-mismatch" | "path-loop" | "limit-reached" | "fetching-unavailable" | "intermediate-fetched" | "not-yet-valid" | "expired" | "distrusted" | "anchor-constraint-violated" | "issuer-not-ca" | "path-length-exceeded" | "path-too-long" | "cert-sign-not-allowed" | "key-usage-mismatch" | "end-entity-is-ca" | "purpose-not-allowed" | "purpose-not-allowed-by-issuer" | "name-not-permitted" | "name-excluded" | "name-constraint-unsupported" | "name-constraint-malformed" | "hostname-mismatch" | "ip-address-mismatch" | "email-mismatch" | "uri-mismatch" | "wildcard-not-allowed" | "common-name-not-in-san" | "policy-not-acceptable" | "policy-extension-invalid" | "revoked" | "revocation-unknown" | "revocation-stale" | "revocation-unreachable" | "crl-invalid" | "crl-signer-not-found" | "crl-signer-not-valid" | "crl-scope-mismatch" | "ocsp-response-invalid" | "ocsp-responder-not-authorized" | "staple-required" | "no-rev-avail-conflict"
  /** For people; it may change. */
  readonly message: string
  /** The standard and its section. */
  readonly reference: string
}

/** What is questionable about a certificate. */
export interface QuestionableItem {
  /** Stable: never renamed or reused. */
  readonly code: "pem-malformed" | "object-ignored" | "certificate-malformed" | "encoding-not-distinguished" | "version-unsupported" | "serial-number-invalid" | "issuer-name-empty" | "subject-name-empty" | "validity-malformed" | "validity-encoding" | "extension-malformed" | "extension-duplicate" | "extension-inconsistent" | "extension-not-allowed" | "extension-missing" | "extension-critical-unknown" | "extension-criticality-wrong" | "authority-key-identifier-missing" | "authority-key-identifier-invalid" | "subject-key-identifier-missing" | "subject-alternative-name-missing" | "subject-alternative-name-invalid" | "signature-invalid" | "signature-algorithm-unsupported" | "signature-algorithm-weak" | "signature-algorithm-mismatch" | "signature-hash-mismatch" | "public-key-weak" | "public-key-malformed" | "public-key-unsupported" | "issuer-not-found" | "self-signed-not-trusted" | "root-not-trusted" | "name-chaining-broken" | "key-identifier-mismatch" | "path-loop" | "limit-reached" | "fetching-unavailable" | "intermediate-fetched" | "not-yet-valid" | "expired" | "distrusted" | "anchor-constraint-violated" | "issuer-not-ca" | "path-length-exceeded" | "path-too-long" | "cert-sign-not-allowed" | "key-usage-mismatch" | "end-entity-is-ca" | "purpose-not-allowed" | "purpose-not-allowed-by-issuer" | "name-not-permitted" | "name-excluded" | "name-constraint-unsupported" | "name-constraint-malformed" | "hostname-mismatch" | "ip-address-mismatch" | "email-mismatch" | "uri-mismatch" | "wildcard-not-allowed" | "common-name-not-in-san" | "policy-not-acceptable" | "policy-extension-invalid" | "revoked" | "revocation-unknown" | "revocation-stale" | "revocation-unreachable" | "crl-invalid" | "crl-signer-not-found" | "crl-signer-not-valid" | "crl-scope-mismatch" | "ocsp-response-invalid" | "ocsp-responder-not-authorized" | "staple-required" | "no-rev-avail-conflict"
  /** For people; it may change. */
  readonly message: string
  /** The standard and its section. */
  readonly reference: string
  /** In a validation with default options, or with the profile named below. */
  readonly severity: "error" | "warning"
  /** The profile that holds it against the certificate. */
  readonly profile: "rfc5280" | "webpki"
}

/** An extension of a certificate or a CRL. */
export interface ExtensionItem {
  readonly oid: string
  /** Null for one that is not known. */
  readonly name: string | null
  readonly critical: boolean
  /** How many octets it holds. */
  readonly length: number
  /** What it says, in a form of its own for each extension; null where it is not known, cannot be read, or is over 64 KiB. */
  readonly value: unknown
  /** Where value is null: its octets, or of more than 64 KiB the first 1,024. */
  readonly hex?: string
}

/** What a certificate says. */
export interface CertificateDescription {
  readonly type: "certificate"
  /** SHA-256 of the DER in lower-case hex. */
  readonly fingerprint: string
  /** SHA-1 of the DER, only to compare with what other tools show. */
  readonly sha1: string
  /** Base64 SHA-256 of the SubjectPublicKeyInfo. */
  readonly spkiPin: string
  readonly version: number
  /** The octets of the INTEGER in lower-case hex. */
  readonly serialNumber: string
  /** RFC 4514. */
  readonly subject: string
  /** RFC 4514. */
  readonly issuer: string
  /** RFC 3339; null where it cannot be read. */
  readonly notBefore: string | null
  /** RFC 3339; null where it cannot be read. */
  readonly notAfter: string | null
  /** By name or OID; null where it cannot be read. */
  readonly signatureAlgorithm: string | null
  /** Null where it cannot be read. */
  readonly publicKey: {
    readonly algorithm: string
    readonly bits: number | null
    /** In bits, by NIST SP 800-57; null where it is not known. */
    readonly strength: number | null
  } | null
  /** It may issue certificates. */
  readonly isCa: boolean
  /** How many CAs may follow; null for any number. */
  readonly pathLength: number | null
  /** Subject and issuer are the same. */
  readonly selfIssued: boolean
  /** Its own key has signed it; null where that was not tried. */
  readonly selfSigned: boolean | null
  readonly subjectAlternativeNames: readonly NameItem[]
  /** Null where it has none, and so allows all. */
  readonly keyUsage: readonly string[] | null
  /** Extended key usage by name or OID; null where it has none, and so allows all. */
  readonly purposes: readonly string[] | null
  /** What key usage, extended key usage and basic constraints allow: purposes by name, certificateSigning, crlSigning. Whether it is valid is another question. */
  readonly usableFor: readonly string[]
  readonly extensions: readonly ExtensionItem[]
  readonly faults: readonly DescribedFault[]
  readonly warnings: readonly DescribedFault[]
  /** Some list has more than the thousand elements that are told. */
  readonly truncated: boolean
}

/** What is to be looked into. */
export interface InspectionRequest {
  /** PEM text, or PEM texts and base64 DER: certificates, CRLs, private keys, PKCS#7. */
  readonly chain: string | readonly string[]
}

/** One object of what was sent; `type` tells which. */
export type InspectedItem = {
  readonly type: "certificate"
  /** SHA-256 of the DER in lower-case hex. */
  readonly fingerprint: string
  /** SHA-1 of the DER, only to compare with what other tools show. */
  readonly sha1: string
  /** Base64 SHA-256 of the SubjectPublicKeyInfo. */
  readonly spkiPin: string
  readonly version: number
  /** The octets of the INTEGER in lower-case hex. */
  readonly serialNumber: string
  /** RFC 4514. */
  readonly subject: string
  /** RFC 4514. */
  readonly issuer: string
  /** RFC 3339; null where it cannot be read. */
  readonly notBefore: string | null
  /** RFC 3339; null where it cannot be read. */
  readonly notAfter: string | null
  /** By name or OID; null where it cannot be read. */
  readonly signatureAlgorithm: string | null
  /** Null where it cannot be read. */
  readonly publicKey: {
    readonly algorithm: string
    readonly bits: number | null
    /** In bits, by NIST SP 800-57; null where it is not known. */
    readonly strength: number | null
  } | null
  /** It may issue certificates. */
  readonly isCa: boolean
  /** How many CAs may follow; null for any number. */
  readonly pathLength: number | null
  /** Subject and issuer are the same. */
  readonly selfIssued: boolean
  /** Its own key has signed it; null where that was not tried. */
  readonly selfSigned: boolean | null
  readonly subjectAlternativeNames: readonly NameItem[]
  /** Null where it has none, and so allows all. */
  readonly keyUsage: readonly string[] | null
  /** Extended key usage by name or OID; null where it has none, and so allows all. */
  readonly purposes: readonly string[] | null
  /** What key usage, extended key usage and basic constraints allow: purposes by name, certificateSigning, crlSigning. Whether it is valid is another question. */
  readonly usableFor: readonly string[]
  readonly extensions: readonly ExtensionItem[]
  readonly faults: readonly DescribedFault[]
  readonly warnings: readonly DescribedFault[]
  /** Some list has more than the thousand elements that are told. */
  readonly truncated: boolean
  /** In the shape of Python’s ssl.SSLSocket.getpeercert(), tuples as arrays; null where Python would give none either. */
  readonly python: { readonly [name: string]: unknown } | null
  /** What the checks of validation have to say of it by itself: RFC 5280 and the Baseline Requirements. */
  readonly questionable: readonly QuestionableItem[]
  /** What a TRUSTED CERTIFICATE of OpenSSL is trusted for; null for a list that it does not have. */
  readonly trust?: {
    /** Purposes that it is trusted for. */
    readonly trusted: readonly string[] | null
    /** Purposes that it is not trusted for. */
    readonly rejected: readonly string[] | null
  }
  /** Where it stood in what was sent. */
  readonly place: {
    /** Its element of an array. */
    readonly element: number | null
    /** The line of its PEM block, 1-based. */
    readonly line: number | null
  }
} | {
  readonly type: "crl"
  /** RFC 4514. */
  readonly issuer: string
  /** RFC 3339; null where it cannot be read. */
  readonly thisUpdate: string | null
  /** RFC 3339; null where absent. */
  readonly nextUpdate: string | null
  /** By name or OID; null where it cannot be read. */
  readonly signatureAlgorithm: string | null
  readonly isDelta: boolean
  /** How many certificates it lists. */
  readonly entryCount: number
  readonly extensions: readonly ExtensionItem[]
  readonly faults: readonly DescribedFault[]
  /** Some list has more than the thousand elements that are told. */
  readonly truncated: boolean
  /** Where it stood in what was sent. */
  readonly place: {
    /** Its element of an array. */
    readonly element: number | null
    /** The line of its PEM block, 1-based. */
    readonly line: number | null
  }
} | {
  readonly type: "certificate-request"
  readonly version: number
  /** RFC 4514. */
  readonly subject: string
  /** Base64 SHA-256 of the SubjectPublicKeyInfo. */
  readonly spkiPin: string
  /** Null where it cannot be read. */
  readonly publicKey: {
    readonly algorithm: string
    readonly bits: number | null
    /** In bits, by NIST SP 800-57; null where it is not known. */
    readonly strength: number | null
  } | null
  /** By name or OID; null where it cannot be read. */
  readonly signatureAlgorithm: string | null
  /** Its own key has signed it, so who made it has the key; null where that was not tried. */
  readonly selfSignatureValid: boolean | null
  /** By name or OID; their values may be secrets. */
  readonly attributes: readonly string[]
  /** Those that are asked for. */
  readonly extensions: readonly ExtensionItem[]
  /** Some list has more than the thousand elements that are told. */
  readonly truncated: boolean
  /** Where it stood in what was sent. */
  readonly place: {
    /** Its element of an array. */
    readonly element: number | null
    /** The line of its PEM block, 1-based. */
    readonly line: number | null
  }
} | {
  readonly type: "ocsp-response"
  /** RFC 6960 §4.2.1; all else is empty where it is not successful. */
  readonly status: "successful" | "malformedRequest" | "internalError" | "tryLater" | "sigRequired" | "unauthorized"
  readonly responder: {
    /** RFC 4514. */
    readonly name: string | null
    /** SHA-1 of its key in lower-case hex. */
    readonly keyHash: string | null
  } | null
  /** RFC 3339. */
  readonly producedAt: string | null
  /** Lower-case hex. */
  readonly nonce: string | null
  /** By name or OID; null where it cannot be read. */
  readonly signatureAlgorithm: string | null
  readonly answerCount: number
  readonly answers: readonly ({
    /** The octets of the INTEGER in lower-case hex. */
    readonly serialNumber: string | null
    /** By which its issuer is named, as sha1. */
    readonly hash: string | null
    /** Lower-case hex. */
    readonly issuerNameHash: string | null
    /** Lower-case hex. */
    readonly issuerKeyHash: string | null
    readonly status: "good" | "revoked" | "unknown" | null
    /** RFC 3339. */
    readonly revokedAt: string | null
    /** RFC 5280 §5.3.1, unspecified where none is given. */
    readonly revocationReason: string | null
    /** RFC 3339. */
    readonly thisUpdate: string | null
    /** RFC 3339. */
    readonly nextUpdate: string | null
    /** Why it cannot be read; all else is null then. */
    readonly reason: string | null
  })[]
  /** Those that came with it. */
  readonly certificates: readonly {
    readonly fingerprint: string
    readonly subject: string
  }[]
  readonly faults: readonly DescribedFault[]
  /** Some list has more than the thousand elements that are told. */
  readonly truncated: boolean
  /** Where it stood in what was sent. */
  readonly place: {
    /** Its element of an array. */
    readonly element: number | null
    /** The line of its PEM block, 1-based. */
    readonly line: number | null
  }
} | {
  readonly type: "private-key"
  /** Of its PEM block. */
  readonly label: string
  readonly encrypted: boolean
  /** Whether it belongs to the first certificate; null where that cannot be told. */
  readonly matches: boolean | null
  /** Where it stood in what was sent. */
  readonly place: {
    /** Its element of an array. */
    readonly element: number | null
    /** The line of its PEM block, 1-based. */
    readonly line: number | null
  }
} | {
  readonly type: "unreadable"
  /** What it would have been. */
  readonly object: "certificate" | "crl" | "private-key" | "certificate-request" | "ocsp-response" | "unknown"
  readonly code: "pem-malformed" | "certificate-malformed" | "container-unsupported" | "crl-malformed" | "ocsp-response-malformed" | "certificate-request-malformed"
  /** For people; it may change. */
  readonly reason: string
  /** Where it stood in what was sent. */
  readonly place: {
    /** Its element of an array. */
    readonly element: number | null
    /** The line of its PEM block, 1-based. */
    readonly line: number | null
  }
} | {
  readonly type: "other"
  /** What it is, which is not looked into. */
  readonly what: string
  /** Where it stood in what was sent. */
  readonly place: {
    /** Its element of an array. */
    readonly element: number | null
    /** The line of its PEM block, 1-based. */
    readonly line: number | null
  }
}

/** Everything that was sent, and what it says. */
export interface Inspection {
  /** In the order of the input. */
  readonly items: readonly InspectedItem[]
}

/** What a code means. */
export interface ErrorEntry {
  /** Stable: never renamed or reused. */
  readonly code: "pem-malformed" | "object-ignored" | "certificate-malformed" | "encoding-not-distinguished" | "version-unsupported" | "serial-number-invalid" | "issuer-name-empty" | "subject-name-empty" | "validity-malformed" | "validity-encoding" | "extension-malformed" | "extension-duplicate" | "extension-inconsistent" | "extension-not-allowed" | "extension-missing" | "extension-critical-unknown" | "extension-criticality-wrong" | "authority-key-identifier-missing" | "authority-key-identifier-invalid" | "subject-key-identifier-missing" | "subject-alternative-name-missing" | "subject-alternative-name-invalid" | "signature-invalid" | "signature-algorithm-unsupported" | "signature-algorithm-weak" | "signature-algorithm-mismatch" | "signature-hash-mismatch" | "public-key-weak" | "public-key-malformed" | "public-key-unsupported" | "issuer-not-found" | "self-signed-not-trusted" | "root-not-trusted" | "name-chaining-broken" | "key-identifier-mismatch" | "path-loop" | "limit-reached" | "fetching-unavailable" | "intermediate-fetched" | "not-yet-valid" | "expired" | "distrusted" | "anchor-constraint-violated" | "issuer-not-ca" | "path-length-exceeded" | "path-too-long" | "cert-sign-not-allowed" | "key-usage-mismatch" | "end-entity-is-ca" | "purpose-not-allowed" | "purpose-not-allowed-by-issuer" | "name-not-permitted" | "name-excluded" | "name-constraint-unsupported" | "name-constraint-malformed" | "hostname-mismatch" | "ip-address-mismatch" | "email-mismatch" | "uri-mismatch" | "wildcard-not-allowed" | "common-name-not-in-san" | "policy-not-acceptable" | "policy-extension-invalid" | "revoked" | "revocation-unknown" | "revocation-stale" | "revocation-unreachable" | "crl-invalid" | "crl-signer-not-found" | "crl-signer-not-valid" | "crl-scope-mismatch" | "ocsp-response-invalid" | "ocsp-responder-not-authorized" | "staple-required" | "no-rev-avail-conflict" | "request-malformed" | "body-malformed" | "field-unknown" | "field-invalid" | "option-conflict" | "trust-store-not-found" | "not-authenticated" | "changes-disabled" | "not-found" | "method-not-allowed" | "not-acceptable" | "request-timeout" | "trust-store-conflict" | "trust-store-limit" | "trust-store-version-gone" | "precondition-failed" | "body-too-large" | "too-many-certificates" | "content-type-unsupported" | "expectation-failed" | "chain-empty" | "trust-store-empty" | "certificate-not-ca" | "crl-malformed" | "ocsp-response-malformed" | "container-unsupported" | "private-key-refused" | "rate-limited" | "header-too-large" | "internal-error" | "overloaded" | "storage-unavailable"
  /** The path of its page: /errors/CODE. */
  readonly type: string
  /** What it means in general. */
  readonly title: string
  readonly meaning: string
  /** How people come to it, the usual first. */
  readonly causes: readonly string[]
  /** What a person can do about it. */
  readonly remedy: string
  /** The standard and its section; null for what is a problem alone. */
  readonly reference: string | null
  /** A command line of OpenSSL, and what to look for in what it prints. cert.pem is the certificate at fault and issuer.pem the one above it, chain.pem what was sent, ca.pem the trust anchors, crl.pem and response.der the evidence. */
  readonly check: {
    readonly command: string
    readonly shows: string
  } | null
  /** What other tools call the same fault. */
  readonly otherNames: {
    readonly openssl: readonly ({
      readonly number: number
      readonly constant: string
      /** What its tools print. */
      readonly text: string | null
    })[]
    /** crypto/x509. */
    readonly go: string | null
    /** java.security.cert. */
    readonly java: string | null
    /** X509ChainStatusFlags or SslPolicyErrors. */
    readonly dotnet: string | null
    /** net::ERR_…. */
    readonly chromium: string | null
    /** Of NSS and mozilla::pkix. */
    readonly firefox: string | null
  }
  /** Whether it stands in the errors and warnings of verdicts. */
  readonly inVerdicts: boolean
  /** The status of the problem that has this code; null where it is in verdicts alone. */
  readonly status: number | null
}

/** All codes. */
export interface ErrorList {
  readonly errors: readonly ({
    /** Stable: never renamed or reused. */
    readonly code: "pem-malformed" | "object-ignored" | "certificate-malformed" | "encoding-not-distinguished" | "version-unsupported" | "serial-number-invalid" | "issuer-name-empty" | "subject-name-empty" | "validity-malformed" | "validity-encoding" | "extension-malformed" | "extension-duplicate" | "extension-inconsistent" | "extension-not-allowed" | "extension-missing" | "extension-critical-unknown" | "extension-criticality-wrong" | "authority-key-identifier-missing" | "authority-key-identifier-invalid" | "subject-key-identifier-missing" | "subject-alternative-name-missing" | "subject-alternative-name-invalid" | "signature-invalid" | "signature-algorithm-unsupported" | "signature-algorithm-weak" | "signature-algorithm-mismatch" | "signature-hash-mismatch" | "public-key-weak" | "public-key-malformed" | "public-key-unsupported" | "issuer-not-found" | "self-signed-not-trusted" | "root-not-trusted" | "name-chaining-broken" | "key-identifier-mismatch" | "path-loop" | "limit-reached" | "fetching-unavailable" | "intermediate-fetched" | "not-yet-valid" | "expired" | "distrusted" | "anchor-constraint-violated" | "issuer-not-ca" | "path-length-exceeded" | "path-too-long" | "cert-sign-not-allowed" | "key-usage-mismatch" | "end-entity-is-ca" | "purpose-not-allowed" | "purpose-not-allowed-by-issuer" | "name-not-permitted" | "name-excluded" | "name-constraint-unsupported" | "name-constraint-malformed" | "hostname-mismatch" | "ip-address-mismatch" | "email-mismatch" | "uri-mismatch" | "wildcard-not-allowed" | "common-name-not-in-san" | "policy-not-acceptable" | "policy-extension-invalid" | "revoked" | "revocation-unknown" | "revocation-stale" | "revocation-unreachable" | "crl-invalid" | "crl-signer-not-found" | "crl-signer-not-valid" | "crl-scope-mismatch" | "ocsp-response-invalid" | "ocsp-responder-not-authorized" | "staple-required" | "no-rev-avail-conflict" | "request-malformed" | "body-malformed" | "field-unknown" | "field-invalid" | "option-conflict" | "trust-store-not-found" | "not-authenticated" | "changes-disabled" | "not-found" | "method-not-allowed" | "not-acceptable" | "request-timeout" | "trust-store-conflict" | "trust-store-limit" | "trust-store-version-gone" | "precondition-failed" | "body-too-large" | "too-many-certificates" | "content-type-unsupported" | "expectation-failed" | "chain-empty" | "trust-store-empty" | "certificate-not-ca" | "crl-malformed" | "ocsp-response-malformed" | "container-unsupported" | "private-key-refused" | "rate-limited" | "header-too-large" | "internal-error" | "overloaded" | "storage-unavailable"
    /** The path of its page: /errors/CODE. */
    readonly type: string
    readonly title: string
    /** Whether it stands in the errors and warnings of verdicts. */
    readonly inVerdicts: boolean
    /** The status of the problem that has this code; null where it is in verdicts alone. */
    readonly status: number | null
  })[]
}

/** Whether the service lives, or is ready to validate. */
export interface Health {
  readonly status: "ok" | "unavailable"
  /** Why it is unavailable, for people. */
  readonly reasons: readonly string[]
  /** What somebody should look after though the service is available, for people: a trust store that cannot be read anew, so that it is served as it was. */
  readonly warnings: readonly string[]
}

/** What a trust store is to hold. */
export interface StoreUpload {
  /** PEM text with the certificates, or one base64 DER certificate a string. CRLs among them are taken as CRLs. What a TRUSTED CERTIFICATE is trusted for becomes its constraint. */
  readonly certificates: string | readonly string[]
  /** CRLs that the store brings as evidence; in form as certificates. */
  readonly crls?: string | readonly string[]
  /** What the certificates are trusted for, each by its fingerprint (SHA-256 in lower-case hex), or * for all of them. */
  readonly constraints?: { readonly [name: string]: unknown }
}

/** The same as a form; files may be given several times. */
export interface StoreForm {
  /** The certificates: PEM, DER or PKCS#7. */
  readonly certificates: string
  /** CRLs: PEM or DER. */
  readonly crls?: string
  /** As JSON. */
  readonly constraints?: string
}

/** A trust store as it is served now. */
export interface TrustStore {
  readonly name: string
  /** The number of an upload, else what the source of the store says of its version. */
  readonly version: string | null
  /** SHA-256 over the sorted fingerprints of the certificates, in lower-case hex. */
  readonly digest: string
  /** As Python’s SSLContext.cert_store_stats counts. */
  readonly counts: {
    /** Certificates. */
    readonly x509: number
    /** Those of CAs. */
    readonly x509_ca: number
    /** CRLs. */
    readonly crl: number
  }
  /** Only an uploaded store is changed here; all others are of the configuration. */
  readonly origin: "system" | "mozilla" | "file" | "directory" | "uploaded"
  /** When this version became the one that is served. */
  readonly since: string
  /** Whether requests are held to it that name no store. */
  readonly isDefault: boolean
}

/** Every trust store, those of the configuration first. */
export interface TrustStoreList {
  readonly stores: readonly TrustStore[]
}

/** A certificate, as lists name it. */
export interface CertificateReference {
  /** SHA-256 of the DER in lower-case hex. */
  readonly fingerprint: string
  /** RFC 4514. */
  readonly subject: string
  /** RFC 3339; null where it cannot be read. */
  readonly notAfter: string | null
}

/** What a change does to a trust store, and what is worth a look in the store that comes of it. */
export interface StoreChanges {
  /** SHA-256 over the sorted fingerprints of the certificates, in lower-case hex, before and after the change. */
  readonly digest: {
    /** Null where there was no store. */
    readonly before: string | null
    /** Null where there is none afterwards. */
    readonly after: string | null
  }
  /** Certificates that are new. */
  readonly added: readonly CertificateReference[]
  /** Certificates that are no longer there. */
  readonly removed: readonly CertificateReference[]
  /** How many certificates stay. */
  readonly unchanged: number
  readonly crls: {
    /** New. */
    readonly added: number
    /** No longer there. */
    readonly removed: number
    /** Staying. */
    readonly unchanged: number
  }
  /** Certificates that stay, and are trusted for something else than before. */
  readonly constrained: readonly CertificateReference[]
  /** Certificates of the store afterwards that have expired. */
  readonly expired: readonly CertificateReference[]
  /** Those that expire within 30 days. */
  readonly expiring: readonly CertificateReference[]
  /** Those that are not of CAs. */
  readonly notCa: readonly CertificateReference[]
  /** Those whose key validations refuse at the security level of the service. */
  readonly weak: readonly ({
    /** SHA-256 of the DER in lower-case hex. */
    readonly fingerprint: string
    /** RFC 4514. */
    readonly subject: string
    /** RFC 3339; null where it cannot be read. */
    readonly notAfter: string | null
    readonly reason: string
  })[]
}

/** What came of a change of a trust store. */
export interface StoreChange {
  readonly name: string
  /** The version that is there now; null where there is none. */
  readonly version: string | null
  /** The digest of the store afterwards; null where there is none. */
  readonly digest: string | null
  /** As Python’s SSLContext.cert_store_stats counts. */
  readonly counts: {
    /** Certificates. */
    readonly x509: number
    /** Those of CAs. */
    readonly x509_ca: number
    /** CRLs. */
    readonly crl: number
  }
  /** unchanged: the store was so already. planned: nothing was written, as dryRun asks for. */
  readonly result: "changed" | "unchanged" | "planned"
  readonly changes: StoreChanges
  /** Certificates that were sent more than once; each is taken once. */
  readonly duplicates: readonly ({
    /** SHA-256 of the DER in lower-case hex. */
    readonly fingerprint: string
    /** RFC 4514. */
    readonly subject: string
    /** RFC 3339; null where it cannot be read. */
    readonly notAfter: string | null
    /** JSON Pointer (RFC 6901) into the request. */
    readonly pointer: string
    /** The line of the block inside PEM text. */
    readonly line?: number
  })[]
  /** With partial: what was left out and why, at most 1,000. */
  readonly notTaken: readonly ProblemError[]
}

/** What the certificate of a trust anchor says, and what the store says of it. */
export interface Anchor {
  readonly type: "certificate"
  /** SHA-256 of the DER in lower-case hex. */
  readonly fingerprint: string
  /** SHA-1 of the DER, only to compare with what other tools show. */
  readonly sha1: string
  /** Base64 SHA-256 of the SubjectPublicKeyInfo. */
  readonly spkiPin: string
  readonly version: number
  /** The octets of the INTEGER in lower-case hex. */
  readonly serialNumber: string
  /** RFC 4514. */
  readonly subject: string
  /** RFC 4514. */
  readonly issuer: string
  /** RFC 3339; null where it cannot be read. */
  readonly notBefore: string | null
  /** RFC 3339; null where it cannot be read. */
  readonly notAfter: string | null
  /** By name or OID; null where it cannot be read. */
  readonly signatureAlgorithm: string | null
  /** Null where it cannot be read. */
  readonly publicKey: {
    readonly algorithm: string
    readonly bits: number | null
    /** In bits, by NIST SP 800-57; null where it is not known. */
    readonly strength: number | null
  } | null
  /** It may issue certificates. */
  readonly isCa: boolean
  /** How many CAs may follow; null for any number. */
  readonly pathLength: number | null
  /** Subject and issuer are the same. */
  readonly selfIssued: boolean
  /** Its own key has signed it; null where that was not tried. */
  readonly selfSigned: boolean | null
  readonly subjectAlternativeNames: readonly NameItem[]
  /** Null where it has none, and so allows all. */
  readonly keyUsage: readonly string[] | null
  /** Extended key usage by name or OID; null where it has none, and so allows all. */
  readonly purposes: readonly string[] | null
  /** What key usage, extended key usage and basic constraints allow: purposes by name, certificateSigning, crlSigning. Whether it is valid is another question. */
  readonly usableFor: readonly string[]
  readonly extensions: readonly ExtensionItem[]
  readonly faults: readonly DescribedFault[]
  readonly warnings: readonly DescribedFault[]
  /** Some list has more than the thousand elements that are told. */
  readonly truncated: boolean
  /** What the store says of it: distrustAfter, purposes and rejectedPurposes (OIDs), nameConstraints (a list of permitted and excluded names, all of which hold), policies. Null where it says nothing. */
  readonly constraints: { readonly [name: string]: unknown } | null
}

/** A trust store and a page of its certificates. */
export interface TrustStoreContents {
  readonly name: string
  /** The number of an upload, else what the source of the store says of its version. */
  readonly version: string | null
  /** SHA-256 over the sorted fingerprints of the certificates, in lower-case hex. */
  readonly digest: string
  /** As Python’s SSLContext.cert_store_stats counts. */
  readonly counts: {
    /** Certificates. */
    readonly x509: number
    /** Those of CAs. */
    readonly x509_ca: number
    /** CRLs. */
    readonly crl: number
  }
  /** Only an uploaded store is changed here; all others are of the configuration. */
  readonly origin: "system" | "mozilla" | "file" | "directory" | "uploaded"
  /** When this version became the one that is served. */
  readonly since: string
  /** Whether requests are held to it that name no store. */
  readonly isDefault: boolean
  /** Index of the first of anchors in the store. */
  readonly offset: number
  /** offset of the next page; null for none. */
  readonly next: number | null
  /** A page of the certificates, in the order of the store. */
  readonly anchors: readonly Anchor[]
}

/** A change of a trust store, as the audit has it. */
export interface StoreVersion {
  /** A number, counted from 1 for each name and never given twice. */
  readonly version: string
  /** When the change was made. */
  readonly at: string
  /** The label of the token. */
  readonly by: string
  readonly action: "replace" | "add" | "restore" | "delete"
  /** The digest before; null where there was no store. */
  readonly fromDigest: string | null
  /** The digest after; null where there is none. */
  readonly digest: string | null
  /** SHA-256 of the whole content in lower-case hex; null for a deletion. */
  readonly checksum: string | null
  /** Whether the content can still be read and restored. */
  readonly kept: boolean
}

/** Changes of a trust store. */
export interface StoreVersionList {
  /** The newest first. */
  readonly versions: readonly StoreVersion[]
  /** before of the next page; null for none. */
  readonly next: number | null
}

/** A version of a trust store and a page of its certificates. */
export interface StoreVersionContents {
  readonly name: string
  /** A number, counted from 1 for each name and never given twice. */
  readonly version: string
  /** When the change was made. */
  readonly at: string
  /** The label of the token. */
  readonly by: string
  readonly action: "replace" | "add" | "restore" | "delete"
  /** The digest before; null where there was no store. */
  readonly fromDigest: string | null
  /** The digest after; null where there is none. */
  readonly digest: string | null
  /** SHA-256 of the whole content in lower-case hex; null for a deletion. */
  readonly checksum: string | null
  /** Whether the content can still be read and restored. */
  readonly kept: boolean
  /** As Python’s SSLContext.cert_store_stats counts. */
  readonly counts: {
    /** Certificates. */
    readonly x509: number
    /** Those of CAs. */
    readonly x509_ca: number
    /** CRLs. */
    readonly crl: number
  }
  /** Index of the first of anchors in the store. */
  readonly offset: number
  /** offset of the next page; null for none. */
  readonly next: number | null
  /** A page of the certificates, in the order of the store. */
  readonly anchors: readonly Anchor[]
}

/** What the trust store is to hold, and the requests to try it with. */
export interface RehearsalRequest {
  /** PEM text with the certificates, or one base64 DER certificate a string. CRLs among them are taken as CRLs. What a TRUSTED CERTIFICATE is trusted for becomes its constraint. */
  readonly certificates: string | readonly string[]
  /** CRLs that the store brings as evidence; in form as certificates. */
  readonly crls?: string | readonly string[]
  /** What the certificates are trusted for, each by its fingerprint (SHA-256 in lower-case hex), or * for all of them. */
  readonly constraints?: { readonly [name: string]: unknown }
  /** add keeps what is there already, and takes constraints of the same fingerprints from what is sent. */
  readonly mode?: "replace" | "add"
  /** Takes what can be read, and lists in notTaken what cannot, in place of refusing all of it. */
  readonly partial?: boolean
  /** Takes certificates that are not of CAs too. */
  readonly allowEndEntity?: boolean
  /** Also the requests that the service remembers (REMEMBER_REQUESTS), which needs a token. */
  readonly remembered?: boolean
  /** Bodies of POST /validate. */
  readonly requests?: readonly ValidationRequest[]
}

/** What a request is answered with, as far as trust stores can change it. */
export interface RehearsedAnswer {
  readonly valid: boolean
  /** refused: there is no verdict. */
  readonly outcome: "valid" | "invalid" | "indeterminate" | "refused"
  readonly errors: readonly Finding[]
  /** Where the path ends; null where it ends at no trust anchor, and for the audience `client`. */
  readonly trustAnchor: {
    readonly fingerprint: string
    readonly subject: string
    readonly source: string
  } | null
  /** Why there is no verdict. */
  readonly problem: {
    readonly code: string
    readonly detail: string
  } | null
}

/** A request that is answered otherwise with the proposed store. */
export interface RehearsedChange {
  /** Index in requests. */
  readonly index?: number
  /** Id of a remembered request. */
  readonly remembered?: string
  /** The certificate that is validated. */
  readonly target: {
    readonly fingerprint: string
    readonly subject: string
  } | null
  readonly before: RehearsedAnswer
  readonly after: RehearsedAnswer
}

/** Which verdicts a change of the trust store would flip, and why. */
export interface RehearsalReport {
  /** The time of validation of requests that name none. */
  readonly at: string
  readonly counts: {
    /** All of those below. */
    readonly rehearsed: number
    /** Those that do not consult the store. */
    readonly unaffected: number
    /** Those that get the same verdict for the same reasons. */
    readonly unchanged: number
    /** Those with another outcome. */
    readonly flipped: number
    /** Those with the same outcome and another trust anchor, or other errors. */
    readonly moved: number
  }
  readonly flipped: readonly RehearsedChange[]
  readonly moved: readonly RehearsedChange[]
  readonly changes: StoreChanges
}

/** Every operation by its id. */
export interface Operations {
  /** This description, as OpenAPI 3.1 */
  readonly openapi: {
    readonly method: "GET"
    readonly path: "/openapi.json"
    readonly query: object
    readonly body: undefined
    readonly answer: { readonly [name: string]: unknown }
  }
  /** Whether the process serves at all */
  readonly live: {
    readonly method: "GET"
    readonly path: "/health/live"
    readonly query: object
    readonly body: undefined
    readonly answer: Health
  }
  /** Whether requests should be sent here */
  readonly ready: {
    readonly method: "GET"
    readonly path: "/health/ready"
    readonly query: object
    readonly body: undefined
    readonly answer: Health
  }
  /** Figures for Prometheus */
  readonly metrics: {
    readonly method: "GET"
    readonly path: "/metrics"
    readonly query: object
    readonly body: undefined
    readonly answer: string
  }
  /** All codes of errors, warnings and problems */
  readonly listErrors: {
    readonly method: "GET"
    readonly path: "/errors"
    readonly query: object
    readonly body: undefined
    readonly answer: ErrorList
  }
  /** What a code means */
  readonly getError: {
    readonly method: "GET"
    readonly path: "/errors/{code}"
    readonly query: object
    readonly body: undefined
    readonly answer: ErrorEntry
  }
  /** Validates a certificate chain */
  readonly validate: {
    readonly method: "POST"
    readonly path: "/validate"
    readonly query: {
      /** Trust stores of the service, by name. Where it is not given: the default stores of the service, or none where caBundle is given. */
      readonly trustStores?: readonly string[]
      /** The time at which the path must be valid, to the second. Now, where it is not given. */
      readonly time?: string
      /** Seconds by which time may be off in favour of a certificate, CRL or response. */
      readonly clockSkew?: number
      /** The DNS name or IP address that the certificate must be for (RFC 9525). */
      readonly hostname?: string
      /** Whether each of hostname and names must match, or one. */
      readonly namesMatch?: "all" | "any"
      /** Extended key usage that the path must allow: serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning or an OID. Not judged, where it is not given. */
      readonly purpose?: string | readonly string[]
      /** Whether each purpose must be allowed, or one. */
      readonly purposeMatch?: "all" | "any"
      /** Key usage bits that the end-entity certificate must assert where it has the extension. */
      readonly keyUsage?: readonly ("digitalSignature" | "nonRepudiation" | "keyEncipherment" | "dataEncipherment" | "keyAgreement" | "keyCertSign" | "cRLSign" | "encipherOnly" | "decipherOnly")[]
      /** webpki adds what the baseline requirements of the CA/Browser Forum ask of TLS server certificates and of the CAs above them. */
      readonly profile?: "rfc5280" | "webpki"
      /** path holds certificates to RFC 5280 §6, and what §4 asks of issuers is a warning; strict makes errors of these. */
      readonly certificateRules?: "path" | "strict"
      /** How many non-self-issued intermediate certificates a path may have at most. The limit of the service, where it is not given. */
      readonly maxIntermediates?: number
      /** Least strength of keys and signatures, with OpenSSL’s meaning: 0 none, 1 80 bits, 2 112, 3 128, 4 192, 5 256. The setting of the service (2), where it is not given. */
      readonly securityLevel?: 0 | 1 | 2 | 3 | 4 | 5
      /** Missing issuers may be fetched (caIssuers). */
      readonly fetchIssuers?: boolean
      /** A named set of options kept by the service, which the request cannot weaken. */
      readonly preset?: string
      /** client leaves out of the answer what an outsider should not learn: names of internal CAs, sources, stores. */
      readonly audience?: "operator" | "client"
      /** all also lists every candidate path that was tried, with the reason why it was given up. */
      readonly explain?: "none" | "path" | "all"
    }
    readonly body: ValidationRequest
    readonly answer: Verdict
  }
  /** Validates many certificate chains in one request */
  readonly validateBatch: {
    readonly method: "POST"
    readonly path: "/validate/batch"
    readonly query: {
      /** Whether answers come in the order of the lines; else each comes when it is there. */
      readonly ordered?: boolean
    }
    readonly body: BatchLine
    readonly answer: BatchAnswer
  }
  /** Puts a certificate chain right */
  readonly repairChain: {
    readonly method: "POST"
    readonly path: "/chain"
    readonly query: {
      /** Trust stores of the service, by name. Where it is not given: the default stores of the service, or none where caBundle is given. */
      readonly trustStores?: readonly string[]
      /** The time at which the path must be valid, to the second. Now, where it is not given. */
      readonly time?: string
      /** Seconds by which time may be off in favour of a certificate, CRL or response. */
      readonly clockSkew?: number
      /** The DNS name or IP address that the certificate must be for (RFC 9525). */
      readonly hostname?: string
      /** Whether each of hostname and names must match, or one. */
      readonly namesMatch?: "all" | "any"
      /** Extended key usage that the path must allow: serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, OCSPSigning or an OID. Not judged, where it is not given. */
      readonly purpose?: string | readonly string[]
      /** Whether each purpose must be allowed, or one. */
      readonly purposeMatch?: "all" | "any"
      /** Key usage bits that the end-entity certificate must assert where it has the extension. */
      readonly keyUsage?: readonly ("digitalSignature" | "nonRepudiation" | "keyEncipherment" | "dataEncipherment" | "keyAgreement" | "keyCertSign" | "cRLSign" | "encipherOnly" | "decipherOnly")[]
      /** webpki adds what the baseline requirements of the CA/Browser Forum ask of TLS server certificates and of the CAs above them. */
      readonly profile?: "rfc5280" | "webpki"
      /** path holds certificates to RFC 5280 §6, and what §4 asks of issuers is a warning; strict makes errors of these. */
      readonly certificateRules?: "path" | "strict"
      /** How many non-self-issued intermediate certificates a path may have at most. The limit of the service, where it is not given. */
      readonly maxIntermediates?: number
      /** Least strength of keys and signatures, with OpenSSL’s meaning: 0 none, 1 80 bits, 2 112, 3 128, 4 192, 5 256. The setting of the service (2), where it is not given. */
      readonly securityLevel?: 0 | 1 | 2 | 3 | 4 | 5
      /** Missing issuers may be fetched (caIssuers). */
      readonly fetchIssuers?: boolean
      /** A named set of options kept by the service, which the request cannot weaken. */
      readonly preset?: string
      /** client leaves out of the answer what an outsider should not learn: names of internal CAs, sources, stores. */
      readonly audience?: "operator" | "client"
      /** all also lists every candidate path that was tried, with the reason why it was given up. */
      readonly explain?: "none" | "path" | "all"
      /** Whether the root is given back as well. Servers need not send it: who trusts it has it. */
      readonly includeRoot?: boolean
    }
    readonly body: ChainRequest
    readonly answer: RepairedChain
  }
  /** Says what certificates, CRLs, OCSP responses, requests and bundles hold, or gives them in another form */
  readonly inspect: {
    readonly method: "POST"
    readonly path: "/inspect"
    readonly query: object
    readonly body: InspectionRequest
    readonly answer: Inspection
  }
  /** The trust stores */
  readonly listTrustStores: {
    readonly method: "GET"
    readonly path: "/trust-stores"
    readonly query: object
    readonly body: undefined
    readonly answer: TrustStoreList
  }
  /** What a trust store holds */
  readonly getTrustStore: {
    readonly method: "GET"
    readonly path: "/trust-stores/{name}"
    readonly query: {
      /** Index of the first certificate. */
      readonly offset?: number
      /** How many at most. */
      readonly limit?: number
    }
    readonly body: undefined
    readonly answer: TrustStoreContents
  }
  /** Makes or changes an uploaded trust store */
  readonly putTrustStore: {
    readonly method: "PUT"
    readonly path: "/trust-stores/{name}"
    readonly query: {
      /** add keeps what is there already, and takes constraints of the same fingerprints from what is sent. */
      readonly mode?: "replace" | "add"
      /** Tells what would change and writes nothing. It needs no token. */
      readonly dryRun?: boolean
      /** Takes what can be read, and lists in notTaken what cannot, in place of refusing all of it. */
      readonly partial?: boolean
      /** Takes certificates that are not of CAs too. */
      readonly allowEndEntity?: boolean
    }
    readonly body: StoreUpload
    readonly answer: StoreChange
  }
  /** Deletes an uploaded trust store */
  readonly deleteTrustStore: {
    readonly method: "DELETE"
    readonly path: "/trust-stores/{name}"
    readonly query: {
      /** Tells what would change and writes nothing. It needs no token. */
      readonly dryRun?: boolean
    }
    readonly body: undefined
    readonly answer: StoreChange
  }
  /** The changes of an uploaded trust store */
  readonly listTrustStoreVersions: {
    readonly method: "GET"
    readonly path: "/trust-stores/{name}/versions"
    readonly query: {
      /** Only versions below this one. */
      readonly before?: number
      /** How many at most. */
      readonly limit?: number
    }
    readonly body: undefined
    readonly answer: StoreVersionList
  }
  /** What a version of a trust store holds */
  readonly getTrustStoreVersion: {
    readonly method: "GET"
    readonly path: "/trust-stores/{name}/versions/{version}"
    readonly query: {
      /** Index of the first certificate. */
      readonly offset?: number
      /** How many at most. */
      readonly limit?: number
    }
    readonly body: undefined
    readonly answer: StoreVersionContents
  }
  /** Goes back to an older version of a trust store */
  readonly restoreTrustStore: {
    readonly method: "POST"
    readonly path: "/trust-stores/{name}/versions/{version}/restore"
    readonly query: {
      /** Tells what would change and writes nothing. It needs no token. */
      readonly dryRun?: boolean
    }
    readonly body: undefined
    readonly answer: StoreChange
  }
  /** Tells which verdicts a change of a trust store would flip */
  readonly rehearseTrustStore: {
    readonly method: "POST"
    readonly path: "/trust-stores/{name}/rehearse"
    readonly query: object
    readonly body: RehearsalRequest
    readonly answer: RehearsalReport
  }
}

