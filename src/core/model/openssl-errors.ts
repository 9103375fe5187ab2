/** What OpenSSL calls an error of a verification. */
export interface OpensslError {
  /** Its name in C, as in X509_V_ERR_CERT_HAS_EXPIRED. */
  readonly constant: string
  /** What `openssl verify` prints behind the number; left out where only the newest versions have the error. */
  readonly text?: string
}

/** The errors that rows of codes name, by their numbers. 95 and above are of OpenSSL 3.2 and later. */
export const opensslErrors: Readonly<Record<number, OpensslError>> = {
  2: { constant: 'X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT', text: 'unable to get issuer certificate' },
  3: { constant: 'X509_V_ERR_UNABLE_TO_GET_CRL', text: 'unable to get certificate CRL' },
  6: { constant: 'X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY', text: 'unable to decode issuer public key' },
  7: { constant: 'X509_V_ERR_CERT_SIGNATURE_FAILURE', text: 'certificate signature failure' },
  8: { constant: 'X509_V_ERR_CRL_SIGNATURE_FAILURE', text: 'CRL signature failure' },
  9: { constant: 'X509_V_ERR_CERT_NOT_YET_VALID', text: 'certificate is not yet valid' },
  10: { constant: 'X509_V_ERR_CERT_HAS_EXPIRED', text: 'certificate has expired' },
  11: { constant: 'X509_V_ERR_CRL_NOT_YET_VALID', text: 'CRL is not yet valid' },
  12: { constant: 'X509_V_ERR_CRL_HAS_EXPIRED', text: 'CRL has expired' },
  13: { constant: 'X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD', text: "format error in certificate's notBefore field" },
  14: { constant: 'X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD', text: "format error in certificate's notAfter field" },
  18: { constant: 'X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT', text: 'self-signed certificate' },
  19: { constant: 'X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN', text: 'self-signed certificate in certificate chain' },
  20: { constant: 'X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY', text: 'unable to get local issuer certificate' },
  21: { constant: 'X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE', text: 'unable to verify the first certificate' },
  22: { constant: 'X509_V_ERR_CERT_CHAIN_TOO_LONG', text: 'certificate chain too long' },
  23: { constant: 'X509_V_ERR_CERT_REVOKED', text: 'certificate revoked' },
  25: { constant: 'X509_V_ERR_PATH_LENGTH_EXCEEDED', text: 'path length constraint exceeded' },
  26: { constant: 'X509_V_ERR_INVALID_PURPOSE', text: 'unsuitable certificate purpose' },
  27: { constant: 'X509_V_ERR_CERT_UNTRUSTED', text: 'certificate not trusted' },
  28: { constant: 'X509_V_ERR_CERT_REJECTED', text: 'certificate rejected' },
  29: { constant: 'X509_V_ERR_SUBJECT_ISSUER_MISMATCH', text: 'subject issuer mismatch' },
  30: { constant: 'X509_V_ERR_AKID_SKID_MISMATCH', text: 'authority and subject key identifier mismatch' },
  31: { constant: 'X509_V_ERR_AKID_ISSUER_SERIAL_MISMATCH', text: 'authority and issuer serial number mismatch' },
  32: { constant: 'X509_V_ERR_KEYUSAGE_NO_CERTSIGN', text: 'key usage does not include certificate signing' },
  33: { constant: 'X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER', text: 'unable to get CRL issuer certificate' },
  34: { constant: 'X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION', text: 'unhandled critical extension' },
  35: { constant: 'X509_V_ERR_KEYUSAGE_NO_CRL_SIGN', text: 'key usage does not include CRL signing' },
  36: { constant: 'X509_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION', text: 'unhandled critical CRL extension' },
  41: { constant: 'X509_V_ERR_INVALID_EXTENSION', text: 'invalid or inconsistent certificate extension' },
  42: { constant: 'X509_V_ERR_INVALID_POLICY_EXTENSION', text: 'invalid or inconsistent certificate policy extension' },
  43: { constant: 'X509_V_ERR_NO_EXPLICIT_POLICY', text: 'no explicit policy' },
  44: { constant: 'X509_V_ERR_DIFFERENT_CRL_SCOPE', text: 'different CRL scope' },
  47: { constant: 'X509_V_ERR_PERMITTED_VIOLATION', text: 'permitted subtree violation' },
  48: { constant: 'X509_V_ERR_EXCLUDED_VIOLATION', text: 'excluded subtree violation' },
  49: { constant: 'X509_V_ERR_SUBTREE_MINMAX', text: 'name constraints minimum and maximum not supported' },
  51: { constant: 'X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE', text: 'unsupported name constraint type' },
  52: { constant: 'X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX', text: 'unsupported or invalid name constraint syntax' },
  53: { constant: 'X509_V_ERR_UNSUPPORTED_NAME_SYNTAX', text: 'unsupported or invalid name syntax' },
  54: { constant: 'X509_V_ERR_CRL_PATH_VALIDATION_ERROR', text: 'CRL path validation error' },
  55: { constant: 'X509_V_ERR_PATH_LOOP', text: 'path loop' },
  62: { constant: 'X509_V_ERR_HOSTNAME_MISMATCH', text: 'hostname mismatch' },
  63: { constant: 'X509_V_ERR_EMAIL_MISMATCH', text: 'email address mismatch' },
  64: { constant: 'X509_V_ERR_IP_ADDRESS_MISMATCH', text: 'IP address mismatch' },
  66: { constant: 'X509_V_ERR_EE_KEY_TOO_SMALL', text: 'EE certificate key too weak' },
  67: { constant: 'X509_V_ERR_CA_KEY_TOO_SMALL', text: 'CA certificate key too weak' },
  68: { constant: 'X509_V_ERR_CA_MD_TOO_WEAK', text: 'CA signature digest algorithm too weak' },
  75: { constant: 'X509_V_ERR_OCSP_CERT_UNKNOWN', text: 'OCSP unknown cert' },
  76: { constant: 'X509_V_ERR_UNSUPPORTED_SIGNATURE_ALGORITHM', text: 'Cannot find certificate signature algorithm' },
  77: {
    constant: 'X509_V_ERR_SIGNATURE_ALGORITHM_MISMATCH',
    text: 'subject signature algorithm and issuer public key algorithm mismatch'
  },
  78: {
    constant: 'X509_V_ERR_SIGNATURE_ALGORITHM_INCONSISTENCY',
    text: 'cert info signature and signature algorithm mismatch'
  },
  79: { constant: 'X509_V_ERR_INVALID_CA', text: 'invalid CA certificate' },
  80: { constant: 'X509_V_ERR_PATHLEN_INVALID_FOR_NON_CA', text: 'Path length invalid for non-CA cert' },
  81: {
    constant: 'X509_V_ERR_PATHLEN_WITHOUT_KU_KEY_CERT_SIGN',
    text: 'Path length given without key usage keyCertSign'
  },
  82: {
    constant: 'X509_V_ERR_KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA',
    text: 'Key usage keyCertSign invalid for non-CA cert'
  },
  83: { constant: 'X509_V_ERR_ISSUER_NAME_EMPTY', text: 'Issuer name empty' },
  84: { constant: 'X509_V_ERR_SUBJECT_NAME_EMPTY', text: 'Subject name empty' },
  85: { constant: 'X509_V_ERR_MISSING_AUTHORITY_KEY_IDENTIFIER', text: 'Missing Authority Key Identifier' },
  86: { constant: 'X509_V_ERR_MISSING_SUBJECT_KEY_IDENTIFIER', text: 'Missing Subject Key Identifier' },
  87: { constant: 'X509_V_ERR_EMPTY_SUBJECT_ALT_NAME', text: 'Empty Subject Alternative Name extension' },
  88: {
    constant: 'X509_V_ERR_EMPTY_SUBJECT_SAN_NOT_CRITICAL',
    text: 'Subject empty and Subject Alt Name extension not critical'
  },
  89: { constant: 'X509_V_ERR_CA_BCONS_NOT_CRITICAL', text: 'Basic Constraints of CA cert not marked critical' },
  90: { constant: 'X509_V_ERR_AUTHORITY_KEY_IDENTIFIER_CRITICAL', text: 'Authority Key Identifier marked critical' },
  91: { constant: 'X509_V_ERR_SUBJECT_KEY_IDENTIFIER_CRITICAL', text: 'Subject Key Identifier marked critical' },
  92: { constant: 'X509_V_ERR_CA_CERT_MISSING_KEY_USAGE', text: 'CA cert does not include key usage extension' },
  93: { constant: 'X509_V_ERR_EXTENSIONS_REQUIRE_VERSION_3', text: 'Using cert extension requires at least X509v3' },
  94: { constant: 'X509_V_ERR_EC_KEY_EXPLICIT_PARAMS', text: 'Certificate public key has explicit ECC parameters' },
  96: { constant: 'X509_V_ERR_OCSP_RESP_INVALID', text: 'OCSP response(s) invalid' },
  97: { constant: 'X509_V_ERR_OCSP_SIGNATURE_FAILURE', text: 'OCSP response signature verification failure' },
  98: {
    constant: 'X509_V_ERR_OCSP_NOT_YET_VALID',
    text: 'OCSP response not yet valid (contains a date in the future)'
  },
  99: { constant: 'X509_V_ERR_OCSP_HAS_EXPIRED', text: 'OCSP response has expired' },
  100: { constant: 'X509_V_ERR_OCSP_NO_RESPONSE', text: 'no OCSP response available for certificate' },
  101: { constant: 'X509_V_ERR_CRL_VERIFY_FAILED' },
  104: { constant: 'X509_V_ERR_DUPLICATE_EXTENSION' }
}
