import type { BrowserContextOptions } from '@playwright/test'
import { DESKTOP, PHONE, Person, test } from '../e2e/support/app'
import { newcomer } from '../e2e/support/newcomer'
import { backdate, fill } from './conversation'

const IMAGES = '../docs/images'

test('the pictures in the README', async ({ visit }) => {
  const people: Person[] = []
  for (const name of ['maya', 'jonas', 'priya', 'tom']) {
    people.push(await newcomer(await visit(), name))
  }
  const roomId = await fill(people)
  const [maya] = people
  if (!maya) return

  await picture(maya, `/rooms/${roomId}/members`, 'chat-desktop', { viewport: DESKTOP })
  const phone = { viewport: PHONE, colorScheme: 'dark', deviceScaleFactor: 2, hasTouch: true }
  await picture(maya, `/rooms/${roomId}`, 'chat-phone', phone as BrowserContextOptions)
})

/** A picture of a page as this person sees it, around noon. */
async function picture(
  person: Person,
  path: string,
  name: string,
  options: BrowserContextOptions,
): Promise<void> {
  const context = await person.page
    .context()
    .browser()
    ?.newContext({
      baseURL: new URL(person.page.url()).origin,
      storageState: await person.context.storageState(),
      timezoneId: zoneWhereItIsNoon(),
      ...options,
    })
  if (!context) return
  const viewer = new Person(await context.newPage(), person.name)
  await backdate(viewer.page)
  await viewer.page.goto(path)
  await viewer.conversation.getByText('Me too. I’ll book').waitFor()
  // Fonts are there, and what moves has come to rest.
  await viewer.page.evaluate(() => document.fonts.ready)
  await viewer.page.waitForTimeout(1_000)
  await viewer.page.screenshot({ path: `${IMAGES}/${name}.png` })
  await context.close()
}

/** The conversation speaks of the morning and of lunch, whenever the pictures are taken. */
function zoneWhereItIsNoon(): string {
  const ahead = 12 - new Date().getUTCHours()
  // POSIX counts the other way: Etc/GMT-2 is two hours ahead.
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}
