// Writes docs/confusions.md: makes each chain, and asks OpenSSL, Go, Python and the built vidimus about it.
import { writeFileSync } from 'node:fs'
import { confusionsPage } from '../test/confusions/page.ts'

writeFileSync(new URL('../docs/confusions.md', import.meta.url), confusionsPage())
