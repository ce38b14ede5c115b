import { chooseFromAccount } from './support/account'
import type { Person } from './support/app'
import { expect, PHONE, roomName, test } from './support/app'
import { PASSWORD, newcomer } from './support/newcomer'

const LOOK = { viewport: PHONE, touch: true }

/** A finger moves over the conversation, downward: to what is above. */
async function swipe({ page, history, context }: Person): Promise<void> {
  const box = await history.boundingBox()
  if (!box) throw new Error('there is nothing to swipe over')
  const touch = await context.newCDPSession(page)
  const [x, top, bottom] = [box.x + box.width / 2, box.y + 20, box.y + box.height - 20]
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y: top }] })
  for (let y = top; y < bottom; y += 30) {
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y }] })
  }
  await page.waitForTimeout(200) // it rests before it lifts: a list that still rolls takes the next tap as a stop
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

test('a conversation by fingers: open, write, scroll, emoji, and back', async ({ signIn }) => {
  const alice = await signIn('alice', LOOK)
  const bob = await signIn('bob')
  const { page } = alice
  const name = roomName('Fingers')
  await page.getByRole('link', { name: 'New room' }).tap()
  await page.getByLabel('Room name').fill(name)
  await page.getByRole('radio', { name: /^Anyone with the link/ }).tap()
  await page.getByRole('button', { name: 'Create room' }).tap()
  const composer = page.getByRole('textbox', { name: `Message ${name}` })
  await expect(composer).toBeVisible()
  // The keyboard of the screen comes when it is asked for.
  await expect(composer).not.toBeFocused()
  const roomId = new URL(page.url()).pathname.replace('/rooms/', '')
  await bob.join(roomId)
  await bob.send(...Array.from({ length: 60 }, (_, index) => `Line ${index + 1}`))
  await alice.sees('Line 60')

  await swipe(alice)
  const jump = page.getByRole('button', { name: 'Jump to latest' })
  await expect(jump).toBeVisible()
  await expect(alice.message('Line 60')).not.toBeInViewport()
  await jump.tap()
  await expect(alice.message('Line 60')).toBeInViewport()

  const [link, button] = ['link', 'button'] as const
  for (const control of [
    page.getByRole(link, { name: 'Back' }),
    page.getByRole(link, { name: 'Room details' }),
    page.getByRole(button, { name: 'Add emoji' }),
    page.getByRole(button, { name: 'Send' }),
  ]) {
    const box = await control.boundingBox()
    expect(Math.min(box?.width ?? 0, box?.height ?? 0), String(control)).toBeGreaterThanOrEqual(44)
  }
  await composer.tap()
  await composer.pressSequentially('First')
  await composer.press('Enter')
  await composer.pressSequentially('second')
  await expect(composer).toHaveValue('First\nsecond')
  await page.getByRole('button', { name: 'Add emoji' }).tap()
  await page.getByRole('option', { name: 'grinning face', exact: true }).first().tap()
  await expect(composer).toHaveValue('First\nsecond😀')
  await page.getByRole('button', { name: 'Send' }).tap()
  await expect(alice.conversation.getByText('First')).toHaveText('First\nsecond😀', {
    useInnerText: true,
  })

  // On a phone nobody is asked about notifications: the question would stand over what one reads.
  await expect(page.locator('[data-notice]')).toHaveCount(0)
  for (const each of [
    composer,
    alice.conversation.getByText('First'),
    page.getByRole('heading', { name }),
  ]) {
    await each.tap({ trial: true })
  }

  await page.getByRole('link', { name: 'Back' }).tap()
  await expect(page).toHaveURL('/')
  await alice.roomLink(name).tap()
  await expect(composer).toBeVisible()
})

test('members by fingers: approve, make an admin, ban, lift the ban, leave', async ({ signIn }) => {
  const alice = await signIn('alice', LOOK)
  const bob = await signIn('bob', LOOK)
  const { page } = alice
  const roomId = await alice.createRoom(roomName('Fingers'))
  await bob.page.goto(`/join/${roomId}`)
  await bob.page.getByRole('button', { name: 'Request to join' }).tap()
  await page.getByRole('link', { name: /^Room details/ }).tap()
  await page.getByRole('button', { name: 'Approve bob' }).tap()
  await expect(bob.page).toHaveURL(`/rooms/${roomId}`)

  const change = async (item: string) => {
    await page.getByRole('button', { name: 'More actions for bob' }).tap()
    await page.getByRole('menuitem', { name: item }).tap()
    await page.getByRole('alertdialog').getByRole('button', { name: item }).tap()
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
  }
  await change('Make admin')
  await expect(page.getByText('Admin', { exact: true })).toHaveCount(2)
  await change('Ban')
  await page.getByText('Banned members').tap()
  await page.getByRole('button', { name: 'Unban bob' }).tap()
  await expect(page.getByText('No one is banned.')).toBeVisible()
  await bob.page.goto(`/join/${roomId}`)
  await expect(bob.page.getByRole('button', { name: 'Request to join' })).toBeEnabled()

  await page.getByRole('button', { name: 'Leave room' }).tap()
  const sure = page.getByRole('alertdialog')
  await expect(sure).toContainText('You’re the only member.')
  await sure.getByRole('button', { name: 'Leave and close room' }).tap()
  await expect(page).toHaveURL('/')
})

test('accounts by fingers: sign up, settings, sign out, sign in', async ({ visit }) => {
  const page = await visit(LOOK)
  const { name } = await newcomer(page)
  await chooseFromAccount(page, 'Settings', 'tap')
  await page.getByText('Dark', { exact: true }).tap()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('button', { name: 'Sign out', exact: true }).tap()
  await page.getByLabel('Username or email').tap()
  await page.keyboard.type(name)
  await page.getByLabel('Password', { exact: true }).tap()
  await page.keyboard.type(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).tap()
  await expect(page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
})

test('who has no room yet pastes a link, on a phone too', async ({ signIn, visit }) => {
  const alice = await signIn('alice')
  const name = roomName('Linked')
  const roomId = await alice.createRoom(name, 'Anyone with the link')
  const { page } = await newcomer(await visit(LOOK))
  const link = page.getByLabel('Paste an invite link').filter({ visible: true })
  const open = page.getByRole('button', { name: 'Open' })

  await link.fill('https://example.com/somewhere')
  await open.tap()
  await expect(page.getByText('That isn’t an invite link of this Parley.')).toBeVisible()

  await link.fill(`${new URL(page.url()).origin}/join/${roomId}`)
  await open.tap()
  await page.getByRole('button', { name: 'Join room' }).tap()
  await expect(page.getByRole('textbox', { name: `Message ${name}` })).toBeVisible()
})
