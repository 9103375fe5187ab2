import { describe, expect, it } from 'vitest'
import { makeMetrics, plainFigure } from '#dist/service/metrics.js'
import { SummedMetrics } from '#dist/service/summed-metrics.js'

/** A process that has counted so many validations and has so many connections. */
const processOf = (validations: number, connections: number) => {
  const metrics = makeMetrics([plainFigure('vidimus_connections', 'gauge', 'Connections.', () => connections)])
  for (let count = 0; count < validations; count++) metrics.validated('valid', [])
  metrics.answered('/validate', 200, 0.003)
  return metrics
}

const linesOf = async (text: Promise<string>, prefix: string): Promise<readonly string[]> =>
  (await text).split('\n').filter((line) => line.startsWith(prefix))

describe('the figures of several processes', () => {
  it('are added up: counters, what each has now, and the buckets of durations', async () => {
    const summed = new SummedMetrics()
    const values = await Promise.all([processOf(2, 3).values(), processOf(5, 4).values()])
    const text = summed.text(values)
    expect(await linesOf(text, 'vidimus_validations_total')).toEqual(['vidimus_validations_total{outcome="valid"} 7'])
    expect(await linesOf(text, 'vidimus_connections')).toEqual(['vidimus_connections 7'])
    expect(await linesOf(text, 'vidimus_request_duration_seconds_bucket{le="0.005"')).toEqual([
      'vidimus_request_duration_seconds_bucket{le="0.005",route="/validate"} 2'
    ])
    expect(await linesOf(text, 'vidimus_request_duration_seconds_count')).toEqual([
      'vidimus_request_duration_seconds_count{route="/validate"} 2'
    ])
  })

  it('tell once what cannot be added up: when the first began, the version of Node.js, the files that one may open', async () => {
    const own = await processOf(0, 0).values()
    const text = new SummedMetrics().text([own, await processOf(0, 0).values()])
    const started = own.find(({ name }) => name === 'process_start_time_seconds')?.values[0]?.value
    expect(await linesOf(text, 'process_start_time_seconds')).toEqual([`process_start_time_seconds ${started}`])
    expect(await linesOf(text, 'nodejs_version_info')).toEqual([expect.stringMatching(/ 1$/)])
    const most = own.find(({ name }) => name === 'process_max_fds')?.values[0]?.value
    expect(await linesOf(text, 'process_max_fds')).toEqual([`process_max_fds ${most}`])
  })

  it('go on to hold what processes that ended had counted, and not what they had', async () => {
    const summed = new SummedMetrics()
    summed.end(await processOf(2, 3).values())
    summed.end(await processOf(4, 3).values())
    const text = summed.text([await processOf(1, 1).values()])
    expect(await linesOf(text, 'vidimus_validations_total')).toEqual(['vidimus_validations_total{outcome="valid"} 7'])
    expect(await linesOf(text, 'vidimus_connections')).toEqual(['vidimus_connections 1'])
    expect(await linesOf(text, 'vidimus_requests_total')).toEqual([
      'vidimus_requests_total{route="/validate",status="200"} 3'
    ])
  })
})
