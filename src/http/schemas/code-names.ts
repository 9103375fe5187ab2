import { type Code, codes } from '../../core/model/codes.ts'

/** Every code of a finding. */
export const codeNames = Object.keys(codes).filter((name): name is Code => name in codes)
