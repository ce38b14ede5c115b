import type { Locator } from '@playwright/test'
import { expect, PHONE, roomName, test, type Person, type SignIn } from './support/app'

/** Two people in one room, who both see a message of alice's. */
async function together(signIn: SignIn, title: string, text: string): Promise<[Person, Person]> {
  const alice = await signIn('alice')
  const roomId = await alice.createRoom(roomName(title), 'Anyone with the link')
  const bob = await signIn('bob')
  await bob.join(roomId)
  await alice.send(text)
  await bob.sees(text)
  return [alice, bob]
}

async function act(person: Person, text: string, action: string): Promise<void> {
  await person.message(text).hover()
  await person.message(text).getByRole('button', { name: action, exact: true }).click()
}

async function fromMenu(person: Person, text: string, action: string): Promise<void> {
  await person.message(text).getByRole('article').click({ button: 'right' })
  await person.page.getByRole('menuitem', { name: action, exact: true }).click()
}

async function pick(person: Person, word: string): Promise<void> {
  await person.page.getByRole('combobox', { name: 'Search emoji' }).fill(word)
  await person.page.getByRole('option').first().click()
}

const field = (person: Person): Locator =>
  person.page.getByRole('textbox', { name: /^(Message |Editing message)/ })

test('an edit is seen by both at once, and says that it is one', async ({ signIn }) => {
  const [alice, bob] = await together(signIn, 'Edits', 'Meet at five')
  await alice.send('A line after it')
  await alice.page.getByRole('textbox', { name: /^Message / }).fill('half a thought')

  await act(alice, 'Meet at five', 'Edit')
  await expect(field(alice)).toBeFocused()
  await expect(field(alice)).toHaveValue('Meet at five')
  await field(alice).fill('Meet at **six**')
  await field(alice).press('Enter')

  for (const person of [alice, bob]) {
    await expect(person.conversation.getByText('six', { exact: true })).toBeVisible()
    await expect(person.conversation.getByText('(edited)')).toHaveCount(1)
    await expect(person.message('Meet at five')).toHaveCount(0)
  }
  await expect(field(alice)).toHaveValue('half a thought')
  await expect(bob.message('A line after it').getByRole('button', { name: 'Edit' })).toHaveCount(0)
})

test('the arrow key edits the last of one’s own messages, Escape leaves it', async ({ signIn }) => {
  const [alice, bob] = await together(signIn, 'Arrow', 'First')
  await bob.send('Of another')
  await alice.sees('Of another')

  await field(alice).press('ArrowUp')
  await expect(field(alice)).toHaveValue('First')
  await field(alice).press('Escape')
  await expect(field(alice)).toHaveValue('')
  await field(alice).press('ArrowUp')
  await field(alice).fill('First, mended')
  await field(alice).press('Enter')

  await bob.sees('First, mended')
})

test('reactions: put, counted, named, taken back', async ({ signIn }) => {
  const [alice, bob] = await together(signIn, 'Reactions', 'We have shipped')

  await act(bob, 'We have shipped', 'Add reaction')
  await pick(bob, 'tada')
  const chip = (person: Person, count: number): Locator =>
    person.conversation.getByRole('button', { name: new RegExp(`^🎉, ${count} reaction`) })
  await expect(chip(alice, 1)).toHaveAttribute('aria-pressed', 'false')
  await expect(chip(bob, 1)).toHaveAttribute('aria-pressed', 'true')

  await chip(alice, 1).click()
  await expect(chip(bob, 2)).toBeVisible()
  await chip(bob, 2).hover()
  await expect(bob.page.getByRole('tooltip').or(bob.page.locator('[data-tooltip]'))).toHaveText(
    /you.*alice|alice.*you/,
  )
  await chip(bob, 2).click()
  await expect(chip(alice, 1)).toHaveAttribute('aria-pressed', 'true')
  await chip(alice, 1).click()
  await expect(alice.conversation.getByRole('button', { name: /^🎉/ })).toHaveCount(0)
  await expect(bob.conversation.getByRole('list', { name: 'Reactions' })).toHaveCount(0)
})

test('a deleted message is gone for both, also after a reload', async ({ signIn }) => {
  const [alice, bob] = await together(signIn, 'Deleted', 'A slip of the pen')
  await bob.send('Was that meant for us?')

  await fromMenu(alice, 'A slip of the pen', 'Delete')
  await alice.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  for (const person of [alice, bob]) {
    await expect(person.conversation.getByText('This message was deleted.')).toBeVisible()
    await expect(person.conversation.getByText('A slip of the pen')).toHaveCount(0)
  }
  await bob.page.reload()
  await expect(bob.conversation.getByText('This message was deleted.')).toBeVisible()

  // An admin may delete what others wrote.
  await fromMenu(alice, 'Was that meant for us?', 'Delete')
  await alice.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(bob.conversation.getByText('An admin deleted this message.')).toBeVisible()
})

test('who was away sees what a fresh page shows', async ({ signIn }) => {
  const [alice, bob] = await together(signIn, 'Away', 'Kept')
  await alice.send('To be edited', 'To be deleted')
  await bob.sees('To be deleted')

  await bob.context.setOffline(true)
  await act(alice, 'To be edited', 'Edit')
  await field(alice).fill('Edited meanwhile')
  await field(alice).press('Enter')
  await act(alice, 'Kept', 'Add reaction')
  await pick(alice, 'eyes')
  await fromMenu(alice, 'To be deleted', 'Delete')
  await alice.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(alice.conversation.getByText('This message was deleted.')).toBeVisible()
  await bob.context.setOffline(false)

  await bob.sees('Edited meanwhile')
  await expect(bob.conversation.getByRole('button', { name: /^👀, 1 reaction/ })).toBeVisible()
  await expect(bob.conversation.getByText('This message was deleted.')).toBeVisible()
  const seen = await bob.conversation.innerText()
  await bob.page.reload()
  await bob.sees('Edited meanwhile')
  await expect.poll(() => bob.conversation.innerText()).toBe(seen)
})

test('an edit that lost a race stays on the screen beside the newer text', async ({ signIn }) => {
  const [alice, bob] = await together(signIn, 'Race', 'Original')
  const phone = await signIn('alice')
  await phone.page.goto(new URL(alice.page.url()).pathname)
  await phone.sees('Original')

  await act(phone, 'Original', 'Edit')
  await field(phone).fill('From the phone')
  await act(alice, 'Original', 'Edit')
  await field(alice).fill('From the laptop')
  await field(alice).press('Enter')
  await phone.sees('From the laptop')
  await field(phone).press('Enter')

  await expect(phone.page.getByText(/^Not saved\. This message was changed/)).toBeVisible()
  await expect(phone.conversation.getByText('From the phone')).toBeVisible()
  await expect(phone.conversation.getByText('From the laptop')).toBeVisible()
  await phone.page.getByRole('button', { name: 'Edit again' }).click()
  await expect(field(phone)).toHaveValue('From the phone')
  await field(phone).press('Enter')
  await bob.sees('From the phone')
})

test('by fingers: the sheet has them all', async ({ signIn }) => {
  const alice = await signIn('alice', { viewport: PHONE, touch: true })
  await alice.createRoom(roomName('Fingers'), 'Anyone with the link')
  await alice.send('Pressed long')
  await alice.sees('Pressed long')

  await fromMenu(alice, 'Pressed long', 'Add reaction')
  await pick(alice, 'heart')
  await expect(alice.conversation.getByRole('list', { name: 'Reactions' })).toBeVisible()
  await fromMenu(alice, 'Pressed long', 'Edit')
  await field(alice).fill('Pressed longer')
  await alice.page.getByRole('button', { name: 'Save' }).tap()
  await alice.sees('Pressed longer')
})
