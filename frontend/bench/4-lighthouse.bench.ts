import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '../playwright.config'
import { test } from '../e2e/support/app'
import { figure } from './figures'

/** Fetched when it is wanted: it is larger than everything else that the app is built and tested with. */
const LIGHTHOUSE = 'lighthouse@12.8.2'

interface Report {
  categories: Record<string, { score: number | null } | undefined>
  audits: Record<string, { score: number | null; title: string } | undefined>
}

/** Performance differs from run to run on a machine with other work: the median counts. */
const RUNS = 3

for (const form of ['mobile', 'desktop']) {
  test(`Lighthouse (${form}, performance the median of ${RUNS})`, ({ baseURL }) => {
    test.setTimeout(RUNS * 180_000)
    const reports = Array.from({ length: RUNS }, () => report(`${baseURL}/sign-in`, form))
    const scores = (name: string) =>
      reports
        .map(({ categories }) => (categories[name]?.score ?? 0) * 100)
        .sort((one, other) => one - other)
    figure('Accessibility', scores('accessibility')[0] ?? 0, '', { atLeast: 100 })
    figure('Best practices', scores('best-practices')[0] ?? 0, '', { atLeast: 100 })
    const performance = scores('performance')
    figure('Performance', performance[Math.floor(RUNS / 2)] ?? 0, '', { atLeast: 95 })
    figure('Performance at its lowest', performance[0] ?? 0, '')
    const missed = Object.values(reports[0]?.audits ?? {}).flatMap((audit) =>
      audit?.score === 0 ? audit.title : [],
    )
    for (const title of missed) figure(`Missed: ${title}`.slice(0, 60), 0, '')
  })
}

function report(url: string, form: string): Report {
  const output = join(mkdtempSync(join(tmpdir(), 'parley-lighthouse-')), 'report.json')
  const { status, stderr } = spawnSync(
    'npx',
    [
      '--yes',
      LIGHTHOUSE,
      url,
      '--quiet',
      '--output=json',
      `--output-path=${output}`,
      '--only-categories=performance,accessibility,best-practices',
      ...(form === 'desktop' ? ['--preset=desktop'] : []),
      '--chrome-flags=--headless=new --no-sandbox',
    ],
    { encoding: 'utf8', env: { ...process.env, CHROME_PATH: chromium }, timeout: 180_000 },
  )
  test.skip(status !== 0, `${LIGHTHOUSE} could not be had or run: ${stderr.slice(-300)}`)
  return JSON.parse(readFileSync(output, 'utf8')) as Report
}
