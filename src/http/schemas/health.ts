import { Type } from 'typebox'
import { enumOf } from './shapes.ts'

export const Health = Type.Object(
  {
    status: enumOf(['ok', 'unavailable']),
    reasons: Type.Array(Type.String(), { description: 'Why it is unavailable, for people.' }),
    warnings: Type.Array(Type.String(), {
      description:
        'What somebody should look after though the service is available, for people: a trust store that cannot be read anew, so that it is served as it was.'
    })
  },
  { $id: 'Health', description: 'Whether the service lives, or is ready to validate.' }
)
