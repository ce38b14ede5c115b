import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter'

/** Prints what was measured, beside its budget; a missed budget fails the run. */
export default class BenchReporter implements Reporter {
  onTestEnd(test: TestCase, result: TestResult): void {
    console.log(`\n${test.title}`)
    for (const { type, description } of result.annotations) {
      console.log(`  ${type.padEnd(44)} ${description}`)
    }
    for (const { message } of result.errors) console.log(message)
  }
}
