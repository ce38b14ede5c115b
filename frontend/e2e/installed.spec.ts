import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { chooseFromAccount, signOut } from './support/account'
import { expect, roomName, test } from './support/app'

test.use({ serviceWorkers: 'allow' })

/** Copies are kept a second after what they are of has changed. */
const KEPT_MS = 2_000

/** Everything that the app keeps in IndexedDB, as one text. */
async function copies(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('parley')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const all = opening.result.transaction('copies').objectStore('copies').getAll()
          all.onsuccess = () => resolve(JSON.stringify(all.result))
        }
      }),
  )
}

const SW = join(import.meta.dirname, '../dist/sw.js')

test('the installed app opens without a network, and sends later what is written then', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  const roomId = await alice.createRoom(roomName('Cabin'), 'Anyone with the link')
  await alice.send('Written before')
  await alice.sees('Written before')
  await alice.page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await alice.page.reload() // the first visit is not yet served by it
  await alice.sees('Written before')
  await alice.page.waitForTimeout(KEPT_MS)

  await alice.context.setOffline(true)
  await alice.page.goto(`/rooms/${roomId}`)
  await expect(alice.connection).toContainText('offline')
  await expect(alice.message('Written before')).toBeVisible()
  await alice.send('Written in the cabin')
  await alice.page.reload()
  await expect(alice.message('Written before')).toBeVisible()
  await expect(alice.message('Written in the cabin')).toContainText('Waiting for connection…')

  // What was never opened works as well.
  await alice.page.keyboard.press('Control+k')
  await expect(alice.page.getByRole('option', { name: /Cabin/ }).first()).toBeVisible()
  await alice.page.keyboard.press('Escape')
  await alice.page.getByRole('button', { name: 'Add emoji' }).click()
  await expect(alice.page.getByPlaceholder('Search emoji')).toBeVisible()
  await alice.page.keyboard.press('Escape')
  await chooseFromAccount(alice.page, 'Settings')
  await expect(alice.page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible()

  await alice.context.setOffline(false)
  await alice.page.goto(`/rooms/${roomId}`)
  await alice.send('Back in the valley')
  await alice.sees('Back in the valley')
  await alice.sees('Written in the cabin')
})

test('what was kept for the time without a network is gone after signing out', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  await alice.createRoom(roomName('Secret'), 'Anyone with the link')
  await alice.send('Only for us')
  await alice.sees('Only for us')
  await alice.page.waitForTimeout(KEPT_MS)
  expect(await copies(alice.page)).toContain('Only for us')

  await signOut(alice.page)
  await expect(alice.page).toHaveURL(/sign-in/)

  await expect.poll(() => copies(alice.page)).not.toContain('Only for us')
})

test('the service worker keeps the shell, and nothing that differs between environments', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  await alice.page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await alice.page.reload()
  await expect(alice.page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()

  const kept = await alice.page.evaluate(async () => {
    const names = await caches.keys()
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
    return lists.flat().map(({ url }) => new URL(url).pathname)
  })

  expect(kept).toContain('/')
  expect(kept.some((path) => /^\/assets\/index-.*\.js$/.test(path))).toBe(true)
  expect(kept).not.toContain('/config.json')
  expect(
    kept.filter(
      (path) => !/^\/(assets\/.+|icon.*|apple-touch-icon\.png|manifest\.webmanifest)?$/.test(path),
    ),
  ).toEqual([])
})

test('a new version is offered, and taken over by a click', async ({ signIn }) => {
  test.skip(!existsSync(SW), 'the app under test is not this build')
  const built = readFileSync(SW, 'utf8')
  const alice = await signIn('alice')
  await alice.page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await alice.page.reload()
  try {
    writeFileSync(SW, built.replace(/"version":"/, '"version":"next-'))
    await alice.page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update()
    })
    const reloaded = alice.page.waitForEvent('load')
    await alice.page.getByRole('button', { name: 'Reload' }).click()
    await reloaded

    const names = await alice.page.evaluate(() => caches.keys())
    expect(names).toEqual([expect.stringContaining('next-')])
  } finally {
    writeFileSync(SW, built)
  }
})

test('the manifest has what browsers ask of an app that can be installed', async ({ visit }) => {
  const page = await visit()
  const answer = await page.request.get('/manifest.webmanifest')
  expect(answer.headers()['content-type']).toContain('application/manifest+json')
  const manifest = await answer.json()
  expect(manifest).toMatchObject({ name: 'Parley', start_url: '/', display: 'standalone' })
  for (const { src, type } of manifest.icons) {
    const icon = await page.request.get(src)
    expect(icon.headers()['content-type']).toContain(type)
  }
  expect((await page.request.get('/sw.js')).headers()['cache-control']).toBe('no-cache')
})
