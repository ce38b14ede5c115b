import { expect, roomName, test, type Person } from './support/app'
import { sameAsFresh } from './support/mirror'

/** How long carol is away; `AWAY_SECONDS=600` for ten minutes. */
const AWAY_MS = Number(process.env.AWAY_SECONDS ?? 20) * 1_000

async function fromMenu(person: Person, text: string, action: string): Promise<void> {
  await person.message(text).first().getByRole('article').click({ button: 'right' })
  await person.page.getByRole('menuitem', { name: action, exact: true }).click()
}

const field = (person: Person) =>
  person.page.getByRole('textbox', { name: /^(Message |Editing message)/ })

async function edit(person: Person, text: string, now: string): Promise<void> {
  await fromMenu(person, text, 'Edit')
  await field(person).fill(now)
  await field(person).press('Enter')
}

async function remove(person: Person, text: string): Promise<void> {
  await fromMenu(person, text, 'Delete')
  await person.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
}

async function react(person: Person, text: string, word: string): Promise<void> {
  await fromMenu(person, text, 'Add reaction')
  await person.page.getByRole('combobox', { name: 'Search emoji' }).fill(word)
  await person.page.getByRole('option').first().click()
}

async function reply(person: Person, text: string, answer: string): Promise<void> {
  await fromMenu(person, text, 'Reply')
  await person.send(answer)
}

/** The bar of a message is over it while the pointer or the focus is on it. */
async function compare(person: Person, after: string): Promise<void> {
  await person.page.mouse.move(0, 0)
  await field(person).focus()
  await sameAsFresh(person, after)
}

test('three people change what was said, and who was away sees what a fresh page shows', async ({
  signIn,
}) => {
  test.setTimeout(240_000 + 2 * AWAY_MS)
  const [alice, bob, carol] = [await signIn('alice'), await signIn('bob'), await signIn('carol')]
  const name = roomName('Three')
  const roomId = await alice.createRoom(name, 'Anyone with the link')
  await bob.join(roomId)
  await carol.join(roomId)
  await alice.send('One', 'Two', 'Three', 'Four')
  for (const person of [alice, bob, carol]) await person.sees('Four')

  await test.step('live', async () => {
    await react(bob, 'One', 'tada')
    await edit(alice, 'Two', 'Two, mended')
    await reply(carol, 'Three', 'An answer, @bob.')
    await fromMenu(bob, 'One', 'Pin to room')
    for (const person of [alice, bob, carol]) {
      await expect(
        person.conversation.getByRole('button', { name: /^🎉, 1 reaction/ }),
      ).toBeVisible()
      await person.sees('Two, mended')
      await person.sees('An answer, @bob.')
      await expect(person.message('One').getByText('Pinned')).toBeVisible()
      await compare(person, 'changes that it has heard')
    }
  })

  await carol.context.setOffline(true)
  await expect(carol.connection).toContainText('offline')
  const back = carol.page.waitForTimeout(AWAY_MS)
  await edit(alice, 'One', 'One, mended')
  await react(alice, 'One, mended', 'eyes')
  await remove(alice, 'Four')
  await fromMenu(alice, 'One, mended', 'Unpin')
  await fromMenu(bob, 'Two, mended', 'Pin to room')
  await remove(alice, 'Three')
  await bob.send('Something new', 'Something for @carol.', 'Something to delete')
  await bob.sees('Something to delete')
  await remove(bob, 'Something to delete')
  await back

  await carol.context.setOffline(false)
  await expect(carol.conversation.getByText('One, mended')).toBeVisible()
  await expect(carol.message('Something new')).toBeVisible()
  await expect(carol.message('An answer, @bob.')).toContainText('Original message deleted')
  await expect(carol.message('Two, mended').getByText('Pinned')).toBeVisible()
  for (const person of [carol, alice, bob]) await compare(person, 'carol was away')
})
