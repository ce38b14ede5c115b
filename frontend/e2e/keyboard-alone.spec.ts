import { accountButton } from './support/account'
import type { Locator, Page } from '@playwright/test'
import type { Person } from './support/app'
import { expect, roomName, test } from './support/app'
import { isIn, newcomer, PASSWORD } from './support/newcomer'
import { totp } from './support/totp'

/** Goes there with Tab, as one does without a mouse, and sees that it is reached. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target}`)
}

async function press(page: Page, key: string, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

test('signing in, two-step sign-in, settings and signing out', async ({ visit }) => {
  const page = await visit()
  const { name } = await newcomer(page)
  const keys = page.keyboard
  await press(page, 'Enter', accountButton(page))
  await expect(page.getByRole('menuitem', { name: 'Settings' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'Settings' }).press('Enter')
  await tabTo(page, page.getByRole('radio', { name: 'System' }))
  await keys.press('ArrowDown')
  await keys.press('ArrowDown')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')

  await press(page, 'Enter', page.getByRole('button', { name: 'Set up' }))
  const secret = await page.locator('code').innerText()
  await tabTo(page, page.getByLabel('6-digit code'))
  await keys.type(totp(secret))
  await keys.press('Enter')
  await expect(page.getByRole('button', { name: 'Turn off' })).toBeVisible()
  await press(page, 'Enter', page.getByRole('button', { name: 'Sign out', exact: true }))

  await tabTo(page, page.getByLabel('Username or email'))
  await keys.type(name)
  await tabTo(page, page.getByLabel('Password', { exact: true }))
  await keys.type(PASSWORD)
  await keys.press('Enter')
  await expect(page.getByRole('heading', { name: 'Two-step verification' })).toBeVisible()
  await tabTo(page, page.getByLabel('Verification code'))
  await keys.type(totp(secret))
  await keys.press('Enter')
  await isIn(page)
})

test('an invitation, the requests, the history, and leaving', async ({ signIn }) => {
  test.slow() // three people
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const carol = await signIn('carol')
  const name = roomName('Keys only')
  const roomId = await alice.createRoom(name)
  for (const { page } of [bob, carol]) {
    await page.goto(`/join/${roomId}`)
    await press(page, 'Enter', page.getByRole('button', { name: 'Request to join' }))
    await expect(page.getByText('Request sent')).toBeVisible()
  }
  const { page } = alice
  await press(page, 'Enter', page.getByRole('link', { name: /^Room details/ }))
  await press(page, 'Enter', page.getByRole('button', { name: 'Approve bob' }))
  await expect(bob.page).toHaveURL(`/rooms/${roomId}`)
  await press(page, 'Enter', page.getByRole('button', { name: 'Decline carol' }))
  await expect(carol.page.getByText('Your request was declined').first()).toBeVisible()

  await writeAndReadBack(bob)

  await press(bob.page, 'Enter', bob.page.getByRole('link', { name: /^Room details/ }))
  await press(bob.page, 'Enter', bob.page.getByRole('button', { name: 'Leave room' }))
  const sure = bob.page.getByRole('alertdialog').getByRole('button', { name: 'Leave' })
  await press(bob.page, 'Enter', sure)
  await expect(bob.page).toHaveURL('/')
  await expect(bob.roomLink(name)).toHaveCount(0)
})

/** More than a screen of messages; up to the first of them, and by the button down again. */
async function writeAndReadBack({ page, history, conversation }: Person): Promise<void> {
  const part = (number: number) => conversation.getByText(`Part ${number} of`)
  await tabTo(page, page.getByRole('textbox', { name: /^Message / }))
  for (let number = 1; number <= 6; number++) {
    await page.keyboard.insertText(`Part ${number} of six${'\nand so on'.repeat(9)}`)
    await page.keyboard.press('Enter')
  }
  await expect(part(6)).toBeInViewport()
  await page.keyboard.press('Shift+Tab')
  await expect(history).toBeFocused()
  await page.keyboard.press('Home')
  await expect(part(1)).toBeInViewport()
  await expect(part(6)).not.toBeInViewport()
  await press(page, 'Enter', page.getByRole('button', { name: 'Jump to latest' }))
  await expect(part(6)).toBeInViewport()
}
