/** What is not the same twice, or not in every version of OpenSSL 3, by what stands for it when texts are compared. */
const unsettled = [
  [/\b[0-9a-f]{36,64}\b/gi, 'HEX'],
  [/\b(?:[0-9A-F]{2}:){7,}[0-9A-F]{2}\b/gi, 'HEX'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'TIME'],
  [/\b[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4} GMT/g, 'TIME'],
  [/\b\d+ (?:second|minute|hour|day)s?\b/g, 'SPAN'],
  // Names by OpenSSL 3.0 and 3.2.
  [/ = /g, '=']
]

export const settled = (text) => unsettled.reduce((result, [pattern, word]) => result.replaceAll(pattern, word), text)
