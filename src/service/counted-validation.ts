import type { Metrics } from './metrics.ts'
import type { Answer, ValidationService } from './validation.ts'

/** The same service, whose validations are counted by outcome and by the codes of their errors. */
export const countedValidation = (
  service: ValidationService,
  metrics: Pick<Metrics, 'validated'>
): ValidationService => {
  const count = (answer: Answer): Answer => {
    if (answer.kind === 'refusal') metrics.validated('refused', [answer.code])
    else metrics.validated(answer.verdict.outcome, new Set(answer.verdict.errors.map(({ code }) => code)))
    return answer
  }
  return {
    validate: (request) => {
      const answer = service.validate(request)
      return answer instanceof Promise ? answer.then(count) : count(answer)
    },
    notReady: () => service.notReady()
  }
}
