import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  type MetricObjectWithValues,
  type MetricValue,
  Registry
} from 'prom-client'
import { Durations } from './durations.ts'
import { Tally } from './tally.ts'

/** One value of a figure. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** A figure that a part of the service keeps itself, and that is read whenever somebody asks. */
export interface Figure {
  /** `vidimus_` and words; a counter's ends in `_total`. */
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge'
  /** Their values must be of a small set: nothing that was sent is ever among them. */
  readonly labels: readonly string[]
  read(): Iterable<Sample>
}

/** A figure without labels. */
export const plainFigure = (name: string, type: Figure['type'], help: string, value: () => number): Figure => ({
  name,
  help,
  type,
  labels: [],
  read: () => [{ labels: {}, value: value() }]
})

/** Figures with their values, as plain data. */
export type MetricValues = readonly MetricObjectWithValues<MetricValue<string>>[]

/** What the service counts, for Prometheus. */
export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  values(): Promise<MetricValues>
  /** Adds a figure of a part that is made later. */
  add(figure: Figure): void
  /** Counts an answer; `route` is the pattern of a path, undefined where there is none; `seconds` where it is known. */
  answered(route: string | undefined, status: number, seconds: number | undefined): void
  /** Counts a validation; `codes` are those of its errors, each once. */
  validated(outcome: string, codes: Iterable<string>): void
}

/** The label of what came to no route, so that paths of clients are no label. */
const noRoute = 'none'

/** Metrics of this process, of its requests and validations, and the given ones; nothing is shared with others of their kind. */
export const makeMetrics = (figures: readonly Figure[]): Metrics => {
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  const requests = new Tally({
    name: 'vidimus_requests_total',
    help: 'Requests that were answered, by the pattern of their path and the status.',
    labels: ['route', 'status']
  })
  const durations = new Durations({
    name: 'vidimus_request_duration_seconds',
    help: 'Seconds from the head of a request to the end of its answer, by the pattern of its path.',
    label: 'route',
    registers
  })
  const validations = new Tally({
    name: 'vidimus_validations_total',
    help: 'Validations by outcome; refused are those whose request gets a problem in place of a verdict.',
    labels: ['outcome']
  })
  const errors = new Tally({
    name: 'vidimus_validation_errors_total',
    help: 'Validations with an error of that code, refusals with theirs.',
    labels: ['code']
  })
  for (const figure of [requests.figure, validations.figure, errors.figure, ...figures]) addFigure(figure, registers)
  return {
    contentType: register.contentType,
    text: () => register.metrics(),
    values: () => register.getMetricsAsJSON(),
    add: (figure) => addFigure(figure, registers),
    answered: (route = noRoute, status, seconds) => {
      requests.add(route, status)
      if (seconds !== undefined) durations.add(route, seconds)
    },
    validated: (outcome, codes) => {
      validations.add(outcome)
      for (const code of codes) errors.add(code)
    }
  }
}

const addFigure = ({ name, help, type, labels, read }: Figure, registers: Registry[]): void => {
  const parts = { name, help, labelNames: [...labels], registers }
  if (type === 'gauge') {
    const gauge = new Gauge({
      ...parts,
      collect: () => {
        gauge.reset()
        for (const sample of read()) gauge.set({ ...sample.labels }, sample.value)
      }
    })
  } else {
    const counter = new Counter({
      ...parts,
      collect: () => {
        counter.reset()
        for (const sample of read()) counter.inc({ ...sample.labels }, sample.value)
      }
    })
  }
}
