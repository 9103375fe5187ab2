import { AggregatorRegistry } from 'prom-client'
import type { MetricValues } from './metrics.ts'

type Metric = MetricValues[number]

/** How figures of several processes become one, where a sum would say nothing: the worst is told, or what the first process says. */
const others: ReadonlyMap<string, string> = new Map([
  ['process_start_time_seconds', 'first'],
  ['process_max_fds', 'first'],
  ['nodejs_version_info', 'first'],
  ['nodejs_eventloop_lag_min_seconds', 'min'],
  ...['', '_max', '_mean', '_stddev', '_p50', '_p90', '_p99'].map(
    (which) => [`nodejs_eventloop_lag${which}_seconds`, 'max'] as const
  )
])

/**
 * The figures of several processes as those of one service: counts are added up, and so is what each process has. What a
 * process had counted when it ended goes on to count, as far as it had told of it: a counter never falls.
 */
export class SummedMetrics {
  /** Counters of processes that have ended. */
  #ended: Promise<MetricValues> = Promise.resolve([])

  /** Takes in what a process that has ended told last. */
  end(last: MetricValues): void {
    const counters = last.filter(({ type }) => String(type) === 'counter' || String(type) === 'histogram')
    this.#ended = this.#ended.then((before) => sumOf([before, counters]).getMetricsAsJSON())
  }

  /** In the text format of Prometheus; the first of `processes` speaks for what cannot be added up. */
  async text(processes: readonly MetricValues[]): Promise<string> {
    return await sumOf([...processes, await this.#ended]).metrics()
  }
}

const sumOf = (processes: readonly MetricValues[]) =>
  AggregatorRegistry.aggregate(processes.map((metrics) => metrics.map(withAggregator)))

const withAggregator = (metric: Metric) => ({ ...metric, aggregator: others.get(metric.name) ?? 'sum' })
