import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { test } from '../e2e/support/app'
import { figure } from './figures'

const ASSETS = join(import.meta.dirname, '../dist/assets')
const KB = 1000
const gzipped = (name: string) => gzipSync(readFileSync(join(ASSETS, name))).length / KB

test('What is loaded (gzipped)', async ({ visit }) => {
  const page = await visit()
  const loaded = new Set<string>()
  page.on('response', (response) => {
    const name = /\/assets\/(.+)$/.exec(new URL(response.url()).pathname)?.[1]
    if (name) loaded.add(name)
  })
  const total = (ext: string) =>
    [...loaded].filter((name) => name.endsWith(ext)).reduce((sum, name) => sum + gzipped(name), 0)
  await page.goto('/')
  await page.waitForLoadState('networkidle')
  figure('JavaScript until sign-in', total('.js'), 'kB', { atMost: 180 })
  figure('CSS until sign-in', total('.css'), 'kB')
  await page.getByRole('button', { name: 'Continue as alice' }).click()
  await page.getByRole('heading', { name: 'Rooms', exact: true }).waitFor()
  await page.waitForLoadState('networkidle')
  figure('JavaScript until the rooms are there', total('.js'), 'kB', { atMost: 180 })
  const chunks = readdirSync(ASSETS).filter((name) => name.endsWith('.js'))
  const [largest = ''] = chunks.sort((a, b) => gzipped(b) - gzipped(a))
  figure(`Largest chunk (${largest.replace(/-[\w-]{8}\.js$/, '')})`, gzipped(largest), 'kB')
  const later = chunks.filter((name) => !loaded.has(name))
  figure(
    'JavaScript that is loaded when it is used',
    later.reduce((n, c) => n + gzipped(c), 0),
    'kB',
  )
})
