import { DESKTOP, expect, PHONE, Person, roomName, type Look, type SignIn, type Visit } from './app'
import { newcomer, PASSWORD, signInAs } from './newcomer'

/** Both themes at both widths. */
export const LOOKS = {
  'desktop-light': { viewport: DESKTOP, colorScheme: 'light' },
  'desktop-dark': { viewport: DESKTOP, colorScheme: 'dark' },
  'phone-light': { viewport: PHONE, colorScheme: 'light', touch: true },
  'phone-dark': { viewport: PHONE, colorScheme: 'dark', touch: true },
} as const satisfies Record<string, Look>

type OnScreen = (person: Person, screen: string) => Promise<void>

const MESSAGES = [
  'Good morning! **Bold**, *italic*, ~~gone~~ and `code`, with a link: https://example.com/a?b=c#d',
  '> Somebody said so\n\n1. first\n2. second\n\n- and\n- another',
  '```python\ndef hello(name: str) -> str:\n    """Greets."""\n    return f"Hello {name}"\n```',
  'Two lines\n    and an indented third one, <b>not bold</b> & <script>alert(1)</script>',
  `A word without end: ${'x'.repeat(400)}`,
  'מה שלומך? 😀👩‍👩‍👧‍👦',
  '🎉🎉🎉',
]

/** Leads through every screen that the app has, and calls on each. */
export async function everyScreen(
  look: Look,
  { signIn, visit }: { signIn: SignIn; visit: Visit },
  onScreen: OnScreen,
): Promise<void> {
  await strangers(await visit(look), onScreen)
  const carol = await newcomer(await visit(look))
  await onScreen(carol, 'nothing-yet')
  await settings(carol, onScreen)
  await rooms(await signIn('alice', look), await signIn('bob', look), onScreen)
}

async function strangers(page: Person['page'], onScreen: OnScreen): Promise<void> {
  const person = new Person(page, 'stranger')
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  await onScreen(person, 'sign-in')
  await signInAs(page, 'alice', 'Wrong-password-1')
  await expect(page.getByRole('alert')).toBeVisible()
  await onScreen(person, 'sign-in-refused')
  await page.getByRole('link', { name: 'Create an account' }).click()
  await page.getByLabel('Email', { exact: true }).fill('someone@example.com')
  await page.getByLabel('Username').fill('alice')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await onScreen(person, 'sign-up')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await onScreen(person, 'sign-up-refused')
  await page.goto('/sign-up?user=alice')
  await expect(page.getByLabel('Verification code')).toBeVisible()
  await onScreen(person, 'confirm')
  await page.goto('/reset-password')
  await page.getByLabel('Username').fill('somebody')
  await onScreen(person, 'reset')
  await page.getByRole('button', { name: 'Send code' }).click()
  await expect(page.getByLabel('Verification code')).toBeVisible()
  await onScreen(person, 'reset-code')
}

async function settings(person: Person, onScreen: OnScreen): Promise<void> {
  const { page } = person
  await page.goto('/settings')
  const setUp = page.getByRole('button', { name: 'Set up' })
  await expect(setUp).toBeEnabled()
  await onScreen(person, 'settings')
  await setUp.click()
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible()
  await page.getByLabel('6-digit code').scrollIntoViewIfNeeded()
  await onScreen(person, 'settings-two-steps')
  await page.getByRole('button', { name: 'Sign out of all devices' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await onScreen(person, 'settings-sign-out')
}

async function rooms(alice: Person, bob: Person, onScreen: OnScreen): Promise<void> {
  await alice.page.goto('/new-room')
  await expect(alice.page.getByLabel('Anyone with the link')).toBeVisible()
  await onScreen(alice, 'new-room')
  const roomId = await alice.createRoom(
    roomName('A room with a rather long name, longer than most'),
  )
  await onScreen(alice, 'empty-room')
  await bob.page.goto(`/join/${roomId}`)
  await expect(bob.page.getByRole('button', { name: 'Request to join' })).toBeEnabled()
  await onScreen(bob, 'invitation')
  await bob.askToJoin(roomId)
  await expect(bob.page.getByText('Request sent')).toBeVisible()
  await onScreen(bob, 'waiting')
  const members = await alice.openMembers()
  await expect(members.getByRole('button', { name: 'Approve bob' })).toBeVisible()
  await onScreen(alice, 'request')
  await members.getByRole('button', { name: 'Room settings' }).click()
  const settings = alice.page.getByRole('dialog', { name: 'Room settings' })
  await settings.getByRole('textbox', { name: 'Topic' }).fill('What we plan for the spring')
  await settings.getByLabel('Description').fill('Everything about it.')
  await onScreen(alice, 'room-settings')
  await settings.getByRole('button', { name: 'Save' }).click()
  await expect(settings).toHaveCount(0)
  await members.getByRole('button', { name: 'Archive room' }).click()
  await alice.page.getByRole('alertdialog').getByRole('button', { name: 'Archive room' }).click()
  await expect(members.getByRole('button', { name: 'Reopen room' })).toBeVisible()
  await onScreen(alice, 'archived')
  await members.getByRole('button', { name: 'Reopen room' }).click()
  await members.getByRole('button', { name: 'Approve bob' }).click()
  await expect(bob.page).toHaveURL(`/rooms/${roomId}`)
  await members.getByRole('button', { name: 'More actions for bob' }).click()
  await expect(alice.page.getByRole('menuitem', { name: 'Ban' })).toBeVisible()
  await onScreen(alice, 'member-menu')
  await alice.page.getByRole('menuitem', { name: 'Ban' }).click()
  await expect(alice.page.getByRole('alertdialog')).toBeVisible()
  await onScreen(alice, 'ban')
  await alice.page.getByRole('button', { name: 'Cancel' }).click()
  await alice.page.getByText('Banned members').click()
  await expect(alice.page.getByText('No one is banned')).toBeVisible()
  await onScreen(alice, 'banned')

  await alice.page.goto(`/rooms/${roomId}`)
  await bob.send(...MESSAGES)
  await expect(alice.conversation.getByText('🎉🎉🎉').first()).toBeVisible()
  await alice.send('Good morning to you.')
  await bob.sees('Good morning to you.')
  await onScreen(alice, 'chat')
  await alice.conversation.getByText('alice', { exact: true }).last().click()
  await expect(alice.page.getByRole('dialog', { name: 'About alice' })).toContainText('Admin')
  await onScreen(alice, 'card')
  await alice.page.keyboard.press('Escape')
  await changes(alice, bob, onScreen)
  await alice.history.evaluate((element) => element.scrollTo({ top: 0 }))
  await expect(alice.conversation.getByText('indented third one')).toBeVisible()
  await onScreen(alice, 'chat-earlier')
  await alice.page.getByRole('textbox').fill('y'.repeat(8_000))
  await onScreen(alice, 'chat-near-the-limit')
  await alice.page.getByRole('textbox').fill('')
  await alice.page.getByRole('button', { name: 'Add emoji' }).click()
  await expect(alice.page.getByPlaceholder(/emoji/)).toBeVisible()
  await onScreen(alice, 'emoji')
  await alice.page.keyboard.press('Escape')
  await alice.page.keyboard.press('Control+k')
  await expect(alice.page.getByRole('dialog', { name: 'Jump to room' })).toBeVisible()
  await onScreen(alice, 'switcher')
  await alice.page.keyboard.press('Escape')
  await alice.history.focus()
  await alice.page.keyboard.press('Control+/')
  await expect(alice.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await onScreen(alice, 'shortcuts')
  await alice.page.keyboard.press('Escape')

  await direct(alice, bob, onScreen)
  await bob.leaveForList()
  await alice.page.goto(`/rooms/${roomId}`)
  await alice.send('One more')
  await expect(bob.page.getByText('unread').first()).toBeAttached()
  await onScreen(bob, 'rooms')
  await alice.context.setOffline(true)
  await expect(alice.connection).toContainText('offline')
  await alice.send('Written in a tunnel')
  await onScreen(alice, 'offline')
}

async function direct(alice: Person, bob: Person, onScreen: OnScreen): Promise<void> {
  await alice.page.goto('/new-message')
  await expect(alice.page.getByRole('button', { name: 'bob', exact: true })).toBeVisible()
  await onScreen(alice, 'new-message')
  await alice.page.getByRole('button', { name: 'bob', exact: true }).click()
  await onScreen(alice, 'new-message-chosen')
  await alice.page.getByRole('button', { name: 'Open conversation' }).click()
  await expect(alice.page).toHaveURL(/rooms\/dm-/)
  await onScreen(alice, 'conversation')
  await alice.send('Are you there?')
  await alice.page.getByRole('link', { name: 'Conversation details' }).click()
  await expect(alice.page.getByRole('button', { name: 'Hide conversation' })).toBeVisible()
  await onScreen(alice, 'conversation-details')
  await bob.page.goto('/')
  await expect(bob.page.getByRole('list', { name: 'Direct messages' })).toContainText('alice')
}

async function changes(alice: Person, bob: Person, onScreen: OnScreen): Promise<void> {
  const openMenu = async (person: Person) =>
    person.message('Good morning to you.').getByRole('article').click({ button: 'right' })
  const choose = async (person: Person, action: string) => {
    await openMenu(person)
    await person.page.getByRole('menuitem', { name: action, exact: true }).click()
  }
  for (const [person, word] of [
    [bob, 'tada'],
    [alice, 'tada'],
    [bob, 'coffee'],
  ] as const) {
    await choose(person, 'Add reaction')
    await person.page.getByRole('combobox', { name: 'Search emoji' }).fill(word)
    await person.page.getByRole('option').first().click()
  }
  await expect(alice.conversation.getByRole('button', { name: /^☕️?, 1 reaction/ })).toBeVisible()
  await openMenu(alice)
  await expect(alice.page.getByRole('menuitem', { name: 'Delete' })).toBeVisible()
  await onScreen(alice, 'message-menu')
  await alice.page.getByRole('menuitem', { name: 'Edit' }).click()
  await expect(alice.page.getByRole('textbox', { name: 'Editing message' })).toBeVisible()
  await onScreen(alice, 'editing')
  await alice.page.getByRole('textbox').fill('Good morning to all of you.')
  await alice.page.getByRole('button', { name: 'Save' }).click()
  await expect(bob.conversation.getByText('(edited)')).toBeVisible()
  await alice.message('Good morning to all of you.').getByRole('article').click({ button: 'right' })
  await alice.page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(alice.page.getByRole('alertdialog')).toBeVisible()
  await onScreen(alice, 'delete-message')
  await alice.page.getByRole('button', { name: 'Cancel' }).click()
  await conversation(alice, bob, onScreen)
}

async function conversation(alice: Person, bob: Person, onScreen: OnScreen): Promise<void> {
  const ofAlice = 'Good morning to all of you.'
  const choose = async (person: Person, text: string, action: string) => {
    await person.message(text).first().getByRole('article').click({ button: 'right' })
    await person.page.getByRole('menuitem', { name: action, exact: true }).click()
  }
  await alice.message(ofAlice).first().getByRole('button', { name: '(edited)' }).click()
  await expect(alice.page.getByRole('dialog')).toContainText('Good morning to you.')
  await onScreen(alice, 'versions')
  await alice.page.keyboard.press('Escape')
  await choose(bob, ofAlice, 'Reply')
  await bob.page.getByRole('textbox').pressSequentially('Thank you, @al')
  await expect(bob.page.getByRole('option', { name: 'alice' })).toBeVisible()
  await onScreen(bob, 'replying')
  await bob.page.getByRole('option', { name: 'alice' }).click()
  await bob.page.getByRole('button', { name: 'Send' }).click()
  await choose(alice, ofAlice, 'Pin to room')
  await expect(alice.conversation.getByText('Pinned')).toBeVisible()
  await expect(alice.conversation.locator('.mention-own')).toBeVisible()
  await onScreen(alice, 'reply')
  await alice.page.getByRole('link', { name: 'Pinned messages' }).click()
  await expect(alice.page.getByRole('region', { name: 'Pinned messages' })).toContainText(ofAlice)
  await onScreen(alice, 'pins')
  await alice.page.goBack()
  await alice.page.goto('/activity')
  await expect(alice.page.getByText(/^bob mentioned you/).first()).toBeVisible()
  await onScreen(alice, 'activity')
  await alice.page.goBack()
}
