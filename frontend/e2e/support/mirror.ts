import { expect, test, type Page, type Person } from './app'

/** What a page says of everything that events change: rooms and unread counts, the conversation, the members. */
async function shown(page: Page): Promise<Record<string, string>> {
  const parts = {
    title: page.title(),
    rooms: page.getByRole('navigation', { name: 'Rooms' }).ariaSnapshot(),
    address: Promise.resolve(new URL(page.url()).pathname),
    conversation: snapshotOf(page, page.getByRole('list', { name: /^Messages in / })),
    members: snapshotOf(page, page.getByRole('region', { name: 'Room details', exact: true })),
  }
  const told = await Promise.all(Object.values(parts))
  return Object.fromEntries(Object.keys(parts).map((name, at) => [name, told[at] ?? '']))
}

async function snapshotOf(page: Page, part: ReturnType<Page['locator']>): Promise<string> {
  if ((await part.count()) !== 1) return 'not there'
  // Where one had read to when one came is each visit's own.
  return (await part.ariaSnapshot()).replace(/^ *- text: New messages\n/gm, '')
}

/** After what has just happened, a page that has lived through it shows what one does that was opened only now. */
export async function sameAsFresh(person: Person, after: string): Promise<void> {
  await test.step(`${person.name}, after ${after}`, async () => {
    const fresh = await person.context.newPage()
    // Opened anew if need be: what is read here is known elsewhere a moment later.
    await expect(async () => {
      await fresh.goto(person.page.url())
      await expect(async () => {
        expect(await shown(person.page), after).toEqual(await shown(fresh))
      }).toPass({ timeout: 5_000 })
    }).toPass({ timeout: 30_000 })
    await fresh.close()
  })
}
