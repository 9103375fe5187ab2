import type { AlgorithmIdentifier, Extension } from './certificate.ts'
import type { Name } from './name.ts'
import type { PublicKey } from './public-key.ts'

/** RFC 2986 §4: what somebody asks a CA for, signed with the key that he asks it for. */
export interface CertificateRequest {
  readonly der: Uint8Array
  /** CertificationRequestInfo as it came. */
  readonly tbs: Uint8Array
  /** 1, or another number as it came, plus one. */
  readonly version: number
  readonly subject: Name
  /** SubjectPublicKeyInfo as it came. */
  readonly spki: Uint8Array
  /** Undefined where the key is malformed or of an unsupported kind. */
  readonly publicKey: PublicKey | undefined
  /** OIDs of its attributes, whose values may be secrets, as a challenge password is. */
  readonly attributes: readonly string[]
  /** RFC 2985 §5.4.2: what is asked for. */
  readonly extensions: readonly Extension[]
  readonly signatureAlgorithm: AlgorithmIdentifier | undefined
  readonly signature: Uint8Array | undefined
}
