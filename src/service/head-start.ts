/**
 * Milliseconds that those who wait for the service have it for themselves once it listens. What can wait, and nobody asked for until
 * then, is made ready afterwards.
 */
export const headStart = 250
