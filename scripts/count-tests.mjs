// Reads the results that a test run wrote as JSON and prints `N passed, N failed, N skipped`. Fails when a test failed
// or when none ran. Arguments: the file, how many checks beside the tests failed, which count as failed too, and the exit
// status of the test run, which can fail without any test to blame.
import { readFileSync } from 'node:fs'

const [file, others = '0', status = '0'] = process.argv.slice(2)
const counts = { passed: 0, failed: Number(others), skipped: 0 }

for (const { status: outcome, assertionResults } of results()) {
  for (const test of assertionResults) {
    if (test.status === 'passed' || test.status === 'failed') counts[test.status] += 1
    else counts.skipped += 1
  }
  // A file that could not be loaded has no test that failed, and yet failed.
  if (outcome === 'failed' && !assertionResults.some((test) => test.status === 'failed')) counts.failed += 1
}

if (counts.failed === 0 && status !== '0') counts.failed = 1
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1

function results() {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).testResults
  } catch (error) {
    console.error(`There are no results of tests to read: ${error.message}`)
    return []
  }
}
