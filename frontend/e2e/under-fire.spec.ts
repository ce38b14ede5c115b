import { expect, roomName, test, type Person } from './support/app'
import { Browser, seeded, Weather } from './support/weather'

const SEED = Number(process.env.SEED ?? 1)
const ROUNDS = 12

test(`a storm (SEED=${SEED}): everything arrives once, in one order, without a gap`, async ({
  signIn,
}) => {
  test.setTimeout(300_000)
  const random = seeded(SEED)
  const people = [await signIn('alice'), await signIn('bob')] as const
  const [alice, bob] = people
  const weather = new Weather(random)
  for (const person of people) await weather.over(person.context)
  const roomId = await alice.createRoom(roomName('Storm'), 'Anyone with the link')
  await bob.join(roomId)
  await alice.page.goto(`/rooms/${roomId}`)
  const browsers = new Map<Person, Browser>()
  for (const person of people) browsers.set(person, await Browser.of(person.page))

  weather.storm()
  const sent: Record<string, string[]> = { alice: [], bob: [] }
  for (let round = 1; round <= ROUNDS; round++) {
    for (const person of people) {
      const texts = [1, 2].map((each) => `${person.name} ${round}.${each}`)
      await person.send(...texts)
      sent[person.name]?.push(...texts)
    }
    const someone = random() < 0.5 ? alice : bob
    await happening(random, someone, browsers.get(someone) as Browser, weather)
  }
  weather.calm()
  for (const person of people) {
    await person.context.setOffline(false)
    await browsers.get(person)?.fast()
  }
  const last = [`alice 99`, `bob 99`]
  await alice.send(last[0] as string)
  await bob.send(last[1] as string)

  for (const person of people) {
    for (const text of last) {
      await expect(person.message(text)).toHaveCount(1, { timeout: 120_000 })
    }
    await expect(person.page.getByText('Sending…')).toHaveCount(0, { timeout: 120_000 })
    await expect(person.connection).toHaveText('')
  }
  // A page that was asked for in the storm, and whose answer was lost, is asked for again after its time.
  let order: string[] = []
  await expect(async () => {
    order = await alice.readAll()
    expect(await bob.readAll()).toEqual(order)
  }).toPass({ timeout: 120_000 })
  for (const { name } of people) {
    const mine = order.filter((text) => text.startsWith(`${name} `))
    expect(mine).toEqual([...(sent[name] ?? []), `${name} 99`])
  }
  // Where it opens depends on how far the last mark got before the page went away.
  await bob.page.reload()
  expect(await bob.readAll()).toEqual(order)
  console.log(`    the weather: ${JSON.stringify(weather.done)}`)
  expect(weather.done.lost * weather.done.doubled * weather.done.late).toBeGreaterThan(0)
})

/** Something that happens to people on trains, in lifts and with many tabs. */
async function happening(
  random: () => number,
  person: Person,
  browser: Browser,
  weather: Weather,
): Promise<void> {
  const happenings = [
    async () => {
      await person.context.setOffline(true)
      await person.page.waitForTimeout(1_000 + random() * 2_000)
      await person.context.setOffline(false)
    },
    async () => {
      await browser.slow()
      await person.page.waitForTimeout(2_000)
      await browser.fast()
    },
    () => browser.asleep(1_500),
    () => Promise.resolve(weather.cut()),
    () => Promise.resolve(weather.expireToken()),
    () => person.page.reload().then(() => undefined),
  ]
  const next = happenings[Math.floor(random() * happenings.length)]
  await next?.()
}

test('pushes that were lost are fetched as soon as the next one shows the gap', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const weather = new Weather(seeded(1))
  await weather.over(bob.context)
  const roomId = await alice.createRoom(roomName('Gap'), 'Anyone with the link')
  await bob.join(roomId)
  await alice.send('One')
  await bob.sees('One')
  const opened = weather.done.opened

  weather.losePushes(2)
  await alice.send('Two', 'Three')
  await alice.sees('Three')
  await expect.poll(() => weather.done.lost).toBe(2)
  await alice.send('Four')

  await bob.sees('Four')
  await bob.sees('Two')
  expect(await bob.readAll()).toEqual(['One', 'Two', 'Three', 'Four'])
  expect(weather.done.opened).toBe(opened)
})

test('a token that ends in mid-conversation is renewed, and the message goes out once', async ({
  signIn,
}) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const weather = new Weather(seeded(1))
  await weather.over(alice.context)
  const roomId = await alice.createRoom(roomName('Token'), 'Anyone with the link')
  await bob.join(roomId)

  weather.expireToken()
  await alice.send('Before the token ended', 'And after')

  await bob.sees('And after')
  expect(weather.done.refused).toBe(1)
  const order = ['Before the token ended', 'And after']
  expect(await alice.readAll()).toEqual(order)
  expect(await bob.readAll()).toEqual(order)
})

test('a tab that slept wakes up to all that was said', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const weather = new Weather(seeded(1))
  await weather.over(bob.context)
  const roomId = await alice.createRoom(roomName('Asleep'), 'Anyone with the link')
  await bob.join(roomId)
  await alice.send('Good night')
  await bob.sees('Good night')

  const slept = (await Browser.of(bob.page)).asleep(3_000)
  weather.cut()
  const texts = Array.from({ length: 60 }, (_, each) => `While you slept ${each + 1}`)
  await alice.send(...texts)
  await alice.sees('While you slept 60')
  await slept

  await bob.sees('While you slept 60')
  expect(await bob.readAll()).toEqual(['Good night', ...texts])
})

test('a slow network shows what was written at once, and delivers it once', async ({ signIn }) => {
  const alice = await signIn('alice')
  const bob = await signIn('bob')
  const roomId = await alice.createRoom(roomName('Slow'), 'Anyone with the link')
  await bob.join(roomId)
  const browser = await Browser.of(bob.page)

  await browser.slow()
  await bob.send('One', 'Two', 'Three')
  await expect(bob.message('Three')).toHaveCount(1)

  await alice.page.goto(`/rooms/${roomId}`)
  await alice.sees('Three')
  await bob.sees('Three')
  expect(await alice.readAll()).toEqual(['One', 'Two', 'Three'])
  expect(await bob.readAll()).toEqual(['One', 'Two', 'Three'])
  await browser.fast()
})
