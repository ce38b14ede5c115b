import { expect, test } from '@playwright/test'

interface Budget {
  atMost?: number
  atLeast?: number
}

/** Notes a figure, and holds it to its budget if it has one. */
export function figure(name: string, value: number, unit: string, budget: Budget = {}): void {
  const limit =
    budget.atMost !== undefined
      ? ` (at most ${budget.atMost})`
      : budget.atLeast !== undefined
        ? ` (at least ${budget.atLeast})`
        : ''
  const description = `${Number(value.toFixed(1))} ${unit}${limit}`
  test.info().annotations.push({ type: name, description })
  if (budget.atMost !== undefined) expect.soft(value, name).toBeLessThanOrEqual(budget.atMost)
  if (budget.atLeast !== undefined) expect.soft(value, name).toBeGreaterThanOrEqual(budget.atLeast)
}
