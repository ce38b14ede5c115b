import type { Page } from '@playwright/test'
import { accountButton, chooseFromAccount } from './support/account'
import { expect, roomName, test } from './support/app'
import { newcomer } from './support/newcomer'
import { totp } from './support/totp'

/** What has the focus, in words; the body where nothing has. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return 'body'
    return `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)}`
  })

/** Does something and sees that the focus is somewhere afterwards: a moment later too, when what closes has gone. */
function walker(page: Page) {
  return async (what: string, act: () => Promise<unknown>): Promise<void> => {
    await test.step(what, async () => {
      await act()
      await expect.poll(() => focused(page), what).not.toBe('body')
      await page.waitForTimeout(300)
      expect(await focused(page), what).not.toBe('body')
    })
  }
}

test('after every action the focus is somewhere', async ({ signIn }) => {
  test.setTimeout(240_000)
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const carol = await signIn('carol')
  const { page } = alice
  const keys = page.keyboard
  page.setDefaultTimeout(30_000)
  const step = walker(page)
  const name = roomName('Focus')
  const press = (role: 'button' | 'link' | 'menuitem', label: string | RegExp) => () =>
    page.getByRole(role, { name: label, exact: true }).press('Enter')
  const confirm = (label: string) => () =>
    page.getByRole('alertdialog').getByRole('button', { name: label, exact: true }).press('Enter')

  await alice.createRoom(roomName('Another'))
  await step('open the form for a room', press('link', 'New room'))
  await step('close it', () => keys.press('Escape'))
  await step('open it again', press('link', 'New room'))
  await page.getByLabel('Room name').fill(name)
  await page.getByLabel('Approval required').check()
  await step('make the room', () => page.getByLabel('Room name').press('Enter'))
  await expect(page).toHaveURL(/rooms/)
  const roomId = new URL(page.url()).pathname.replace('/rooms/', '')
  for (const each of [bob, carol]) {
    await each.askToJoin(roomId)
    await expect(each.page.getByText('Request sent')).toBeVisible()
  }

  await step('open the room details', press('link', /^Room details/))
  await step('approve', press('button', 'Approve bob'))
  await step('decline', press('button', 'Decline carol'))
  await step('mute', () => page.getByLabel('Mute room').press('ArrowDown'))
  await step('copy the invite link', press('button', 'Copy invite link'))
  const member = press('button', 'More actions for bob')
  for (const change of ['Make admin', 'Remove as admin']) {
    await step(`menu, to ${change}`, member)
    await step('leave the menu', () => keys.press('Escape'))
    await step(`menu, to ${change} again`, member)
    await step(change, press('menuitem', change))
    await step('cancel', confirm('Cancel'))
    await step('menu once more', member)
    await step(`${change} again`, press('menuitem', change))
    await step(`${change}, surely`, confirm(change))
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
  }
  await step('close the room details', () => keys.press('Control+.'))

  const composer = page.getByRole('textbox', { name: `Message ${name}` })
  await composer.fill('One')
  await step('send by Enter', () => composer.press('Enter'))
  await composer.fill('Two')
  await step('send by the button', press('button', 'Send'))
  await alice.sees('Two')
  await step('open the emoji', press('button', 'Add emoji'))
  await step('close the emoji', () => keys.press('Escape'))
  await step('open the emoji again', press('button', 'Add emoji'))
  await step('choose one', () => page.getByRole('option').first().press('Enter'))

  const message = alice.message('One').getByRole('article')
  const menu = async () => {
    await message.focus()
    await message.press('Shift+F10')
    await expect(page.getByRole('menuitem', { name: 'Reply' })).toBeVisible()
  }
  await step('the menu of a message', menu)
  await step('leave it', () => keys.press('Escape'))
  for (const action of ['Copy text', 'Copy link', 'Reply']) {
    await step(`menu, to ${action}`, menu)
    await step(action, press('menuitem', action))
  }
  await step('menu, to the card', menu)
  await step('the card of the author', press('menuitem', 'About alice'))
  await step('copy the name', press('button', 'Copy username'))
  await step('close the card', () => keys.press('Escape'))
  await step('menu, to the card again', menu)
  await step('the card again', press('menuitem', 'About alice'))
  await step('all members', press('link', 'Show all members'))
  await expect(page.getByRole('region', { name: 'Room details', exact: true })).toBeVisible()
  await step('back', () => page.goBack())

  await step('the switcher', () => keys.press('Control+k'))
  await step('close the switcher', () => keys.press('Escape'))
  await step('the shortcuts', () => keys.press('Control+/'))
  await step('close the shortcuts', () => keys.press('Escape'))
  await step('sort the rooms', press('button', /^Sort rooms/))
  await step('sort them back', press('button', /^Sort rooms/))
  await step('the account menu', () => accountButton(page).press('Enter'))
  await step('leave the account menu', () => keys.press('Escape'))
  await step('settings', () => chooseFromAccount(page, 'Settings'))
  await step('theme', () => page.getByRole('radio', { name: 'Dark' }).press('Space'))
  await step('two steps', press('button', 'Set up'))
  await step('not two steps', press('button', 'Cancel'))
  await step('sign out everywhere: asked', press('button', 'Sign out of all devices'))
  await step('sign out everywhere: no', confirm('Cancel'))
  await step('to the room', () => alice.roomLink(name).press('Enter'))
  await expect(composer).toBeVisible()

  await step('the details again', press('link', /^Room details/))
  await step('menu, to remove', member)
  await step('ban', press('menuitem', 'Ban'))
  await step('ban, surely', confirm('Ban'))
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await step('who is banned', () => page.getByText('Banned members').press('Enter'))
  await step('unban', press('button', 'Unban bob'))
  await step('leave and close: asked', press('button', 'Leave room'))
  await step('leave and close: no', confirm('Cancel'))
  await step('leave and close: asked again', press('button', 'Leave room'))
  await step('leave and close', confirm('Leave and close room'))
  await expect(page).toHaveURL('/')
})

test('two-step verification is turned on and off without losing the focus', async ({ visit }) => {
  const { page } = await newcomer(await visit())
  await page.goto('/settings')
  const setUp = page.getByRole('button', { name: 'Set up' })
  await expect(setUp).toBeEnabled() // a key is pressed on a disabled button, too, and lost
  await setUp.press('Enter')
  const code = page.getByLabel('6-digit code')
  await expect(code).toBeFocused()
  await code.fill(totp(await page.locator('code').innerText()))
  await code.press('Enter')
  const turnOff = page.getByRole('button', { name: 'Turn off' })
  await expect(turnOff).toBeFocused()

  await turnOff.press('Enter')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).press('Enter')
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Set up' })).toBeFocused()
})

test('a card says who wrote a message', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const roomId = await alice.createRoom(roomName('Card'), 'Anyone with the link')
  await alice.send('Hello')
  await bob.join(roomId)
  await bob.sees('Hello')

  await bob.message('Hello').getByText('alice', { exact: true }).click()
  const card = bob.page.getByRole('dialog', { name: 'About alice' })
  await expect(card.getByText('Admin of this room')).toBeVisible()
  await bob.page.keyboard.press('Escape')
  await expect(card).toHaveCount(0)
  await expect(bob.message('Hello').getByRole('article')).toBeFocused()

  const members = await bob.openMembers()
  await bob.page.keyboard.press('Control+.')
  await expect(members).toHaveCount(0)
  await bob.send('And hello')
  await alice.sees('And hello')
  await bob.openMembers()
  await bob.page.getByRole('button', { name: 'Leave room' }).click()
  await bob.page.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click()
  await expect(bob.page).toHaveURL('/')
  await alice.message('And hello').getByText('bob', { exact: true }).click()
  await expect(alice.page.getByText('No longer in this room')).toBeVisible()
})
