import { problemType } from '../problem.ts'
import { ProblemSchema } from './problem.ts'
import { ref } from './shapes.ts'

const again = { 'retry-after': { type: 'string', description: 'Seconds until it may be asked again.' } }
const content = { [problemType]: { schema: ref(ProblemSchema) } }

/** What any request may be answered, where its client asks too often or too long, or the service has too much to do. */
export const overLimits = {
  429: { description: 'The client asks more often than it may.', headers: again, content },
  431: { description: 'The header fields, the query string among them, are over the limit.', content },
  503: { description: 'Over a load limit.', headers: again, content }
}

/** The same with a reason of the route. */
export const overLimit = (description: string) => ({ description, headers: again, content })
