import { Type } from 'typebox'
import { enumOf } from './shapes.ts'

export const Health = Type.Object(
  {
    status: enumOf(['ok', 'unavailable']),
    reasons: Type.Array(Type.String(), { description: 'Why it is unavailable, for people.' })
  },
  { $id: 'Health', description: 'Whether the service lives, or is ready to validate.' }
)
