import { expect, roomName, test } from './app'

test('a long history loads upward, in order, each message once', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const roomId = await alice.createRoom(roomName('Long'), 'Open')
  const texts = Array.from({ length: 130 }, (_, index) => `Message ${index + 1}`)
  await alice.send(...texts)
  await alice.sees('Message 130')
  await bob.join(roomId)
  await bob.sees('Message 130')
  const shown = bob.page.getByRole('list', { name: 'Conversation' }).getByRole('listitem')
  await expect(shown).toHaveCount(50)

  const list = bob.page.getByRole('region', { name: 'Messages' })
  while ((await shown.count()) < 130) {
    const before = await shown.count()
    await list.evaluate((element) => element.scrollTo({ top: 0 }))
    await expect.poll(() => shown.count()).toBeGreaterThan(before)
  }

  await expect(bob.page.getByText('This is where the room begins.')).toBeVisible()
  expect(await shown.locator('p').allTextContents()).toEqual(texts)
})

test('what was in view stays in view as earlier messages come in', async ({ signIn }) => {
  const alice = await signIn('alice')
  await alice.createRoom(roomName('Still'), 'Open')
  await alice.send(...Array.from({ length: 80 }, (_, index) => `Line ${index + 1}`))
  await alice.sees('Line 80')
  await alice.page.reload()
  await alice.sees('Line 80')
  const list = alice.page.getByRole('region', { name: 'Messages' })
  const top = () => alice.message('Line 31').evaluate((item) => item.getBoundingClientRect().top)

  const before = await list.evaluate((element) => {
    element.scrollTop = 40
    const item = [...element.querySelectorAll('li')].find((li) => li.innerText.includes('Line 31'))
    return item?.getBoundingClientRect().top
  })
  await expect(alice.message('Line 1')).toHaveCount(1)

  expect(Math.abs((await top()) - (before ?? 0))).toBeLessThan(60)
})
