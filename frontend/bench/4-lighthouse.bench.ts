import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '../playwright.config'
import { test } from '../e2e/app'
import { figure } from './figures'

/** Fetched when it is wanted: it is larger than everything else that the app is built and tested with. */
const LIGHTHOUSE = 'lighthouse@12.8.2'

interface Report {
  categories: Record<string, { score: number | null } | undefined>
  audits: Record<string, { score: number | null; title: string } | undefined>
}

for (const form of ['mobile', 'desktop']) {
  test(`Lighthouse (${form})`, ({ baseURL }) => {
    const output = join(mkdtempSync(join(tmpdir(), 'parley-lighthouse-')), 'report.json')
    const { status, stderr } = spawnSync(
      'npx',
      [
        '--yes',
        LIGHTHOUSE,
        `${baseURL}/sign-in`,
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
    const report = JSON.parse(readFileSync(output, 'utf8')) as Report
    const score = (name: string) => (report.categories[name]?.score ?? 0) * 100
    figure('Accessibility', score('accessibility'), '', { atLeast: 100 })
    figure('Best practices', score('best-practices'), '', { atLeast: 100 })
    figure('Performance', score('performance'), '', { atLeast: 95 })
    for (const { score, title } of Object.values(report.audits).filter(
      (audit) => audit !== undefined,
    ))
      if (score === 0) figure(`Missed: ${title}`.slice(0, 60), 0, '')
  })
}
