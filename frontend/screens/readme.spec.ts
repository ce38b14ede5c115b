import { PHONE, Person, test } from '../e2e/support/app'
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
  await backdate(maya.page)
  await maya.page.goto(`/rooms/${roomId}/members`)
  await maya.page.getByText('Me too. I’ll book').waitFor()
  await maya.page.getByText('4 members').waitFor()
  await settle(maya)
  await maya.page.screenshot({ path: `${IMAGES}/chat-desktop.png` })

  const context = await maya.page
    .context()
    .browser()
    ?.newContext({
      baseURL: new URL(maya.page.url()).origin,
      storageState: await maya.context.storageState(),
      viewport: PHONE,
      colorScheme: 'dark',
      deviceScaleFactor: 2,
      hasTouch: true,
    })
  if (!context) return
  const phone = await context.newPage()
  await backdate(phone)
  await phone.goto(`/rooms/${roomId}`)
  await phone.getByText('Me too. I’ll book').waitFor()
  await settle(new Person(phone, 'maya'))
  await phone.screenshot({ path: `${IMAGES}/chat-phone.png` })
  await context.close()
})

/** Notices have gone, fonts are there, and what moves has come to rest. */
async function settle({ page }: Person): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(1_000)
}
