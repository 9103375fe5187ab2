import type { FastifyRequest } from 'fastify'

/** Whether a request is of those who look after the service: bounds that are there for its clients do not hold for them. */
export const isOperation = ({ routeOptions: { url } }: FastifyRequest): boolean =>
  url === '/metrics' || url?.startsWith('/health/') === true
