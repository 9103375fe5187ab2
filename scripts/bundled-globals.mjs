// The global of this name is got by a call each time that it is used, many times in every request. In the bundle it is a variable.
export { Buffer } from 'node:buffer'
