/** Where something stood in what came: as people find it again. */
export interface Place {
  /** The index of the text in an array; undefined where one text or file came. */
  readonly element: number | undefined
  /** 1-based line of a PEM block's BEGIN; undefined where it is no PEM. */
  readonly line: number | undefined
}

/** Why something in the input cannot be taken. The reason never quotes the input, which may hold a private key. */
export interface InputFault {
  readonly code: 'pem-malformed' | 'certificate-malformed' | 'container-unsupported'
  readonly reason: string
}

/** A private key as it stood in the input. Only what matches it against a certificate looks into it. */
export interface PrivateKeyBlock {
  readonly der: Uint8Array
  readonly label: string
  readonly encrypted: boolean
}

/** OpenSSL's auxiliary trust settings of a TRUSTED CERTIFICATE: OIDs of purposes; undefined where it says nothing of them. */
export interface TrustSettings {
  readonly trusted: readonly string[] | undefined
  readonly rejected: readonly string[] | undefined
}

export type BundleItem = { readonly place: Place } & (
  | { readonly type: 'certificate'; readonly der: Uint8Array; readonly trust: TrustSettings | undefined }
  | { readonly type: 'crl'; readonly der: Uint8Array }
  | { readonly type: 'private-key'; readonly key: PrivateKeyBlock }
  /** In the place of what cannot be read; `object` is what it would have been, as far as its label tells. */
  | {
      readonly type: 'fault'
      readonly object: 'certificate' | 'crl' | 'private-key' | 'unknown'
      readonly fault: InputFault
    }
  /** Something that is neither wanted nor wrong, as parameters of a key. */
  | { readonly type: 'ignored'; readonly what: string }
  /** What has no part in a validation: `otherwise` is what it is for whoever does not look into it. */
  | {
      readonly type: 'aside'
      readonly object: 'certificate-request' | 'ocsp-response'
      readonly der: Uint8Array
      readonly otherwise: LeftOut
    }
)

/** Why an object is not taken. */
export type LeftOut =
  | { readonly type: 'ignored'; readonly what: string }
  | { readonly type: 'fault'; readonly object: 'unknown'; readonly fault: InputFault }

/** What a text or file holds, in the order of the input. */
export interface Bundle {
  readonly items: readonly BundleItem[]
  /** Whether reading was stopped at the greatest number of items. */
  readonly truncated: boolean
}
