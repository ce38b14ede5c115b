import { DESKTOP, expect, PHONE, Person, roomName, test } from './app'

/** Not a judgement by the machine: pictures to look at. */
const looks = [
  { name: 'desktop-light', viewport: DESKTOP, colorScheme: 'light' },
  { name: 'desktop-dark', viewport: DESKTOP, colorScheme: 'dark' },
  { name: 'phone-light', viewport: PHONE, colorScheme: 'light' },
  { name: 'phone-dark', viewport: PHONE, colorScheme: 'dark' },
] as const

for (const { name, ...look } of looks) {
  test(`the screens in ${name} fit their width`, async ({ signIn, visit }) => {
    const stranger = new Person(await visit(look), 'stranger')
    const shoot = async (person: Person, screen: string) => {
      const overflow = await person.page.evaluate(
        () => document.documentElement.scrollWidth - innerWidth,
      )
      expect(overflow, `${screen} is wider than the window`).toBeLessThanOrEqual(0)
      await person.screenshot(`${name}-${screen}`)
    }
    await stranger.page.goto('/')
    await expect(stranger.page.getByRole('button', { name: 'Sign in' })).toBeVisible()
    await shoot(stranger, 'sign-in')
    await stranger.page.getByRole('link', { name: 'Create an account' }).click()
    await expect(stranger.page.getByLabel('Email')).toBeVisible()
    await shoot(stranger, 'sign-up')

    const alice = await signIn('alice', look)
    const bob = await signIn('bob', look)
    await alice.page.goto('/new-room')
    await expect(alice.page.getByLabel('Open')).toBeVisible()
    await shoot(alice, 'new-room')
    const roomId = await alice.createRoom(
      roomName('A room with a rather long name, longer than most'),
    )
    await bob.askToJoin(roomId)
    await expect(bob.page.getByText('Your request is waiting')).toBeVisible()
    await shoot(bob, 'waiting')
    const members = await alice.openMembers()
    await expect(members.getByRole('button', { name: 'Approve bob' })).toBeVisible()
    await shoot(alice, 'request')
    await members.getByRole('button', { name: 'Approve bob' }).click()
    await expect(bob.page).toHaveURL(`/rooms/${roomId}`)
    await members.getByRole('button', { name: 'Change bob' }).click()
    await expect(alice.page.getByRole('menuitem', { name: 'Ban' })).toBeVisible()
    await shoot(alice, 'members')
    await alice.page.keyboard.press('Escape')
    await bob.send(
      'Good morning!',
      'Two lines\n    and an indented third one, <b>not bold</b> & <script>alert(1)</script>',
      `A word without end: ${'x'.repeat(400)}`,
      'מה שלומך? 😀👩‍👩‍👧‍👦',
    )
    await bob.sees('Good morning!')
    await alice.page.goto(`/rooms/${roomId}`)
    await alice.sees('Good morning!')
    await alice.send('Good morning to you.')
    await bob.sees('Good morning to you.')
    await alice.page.getByRole('textbox').fill('y'.repeat(8_000))
    await shoot(alice, 'chat')
    await bob.page.goto('/')
    await expect(bob.page.getByRole('link', { name: 'New room' })).toBeVisible()
    await shoot(bob, 'rooms')
  })
}
