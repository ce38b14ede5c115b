import type { Page } from '@playwright/test'
import type { Person } from '../e2e/support/app'

/** Who says what in the room of the pictures, and how many minutes before now. */
export const CONVERSATION: [name: string, text: string, minutesAgo: number][] = [
  [
    'maya',
    'The fix for the import is on staging. Could somebody try it with a **big** file?',
    1604,
  ],
  ['jonas', 'On it. 80 MB, 400,000 rows:', 1593],
  [
    'jonas',
    '```\n$ time ./import orders.csv\n400000 rows, 0 skipped\n\nreal    0m41.7s\n```',
    1592,
  ],
  ['maya', 'That used to take six minutes 🎉', 1591],
  ['priya', 'Nice! What did it?', 1588],
  [
    'maya',
    'Two things:\n1. one transaction per *batch*, not per row\n2. the index is built at the end',
    1585,
  ],
  ['tom', 'Then I’ll take it into the release notes for Thursday.', 1580],
  ['priya', 'Good morning! The customer in Lisbon asks whether dates may be `DD/MM/YYYY`.', 47],
  ['jonas', 'They may, if the header says so: https://example.com/docs/import#dates', 44],
  ['priya', 'Perfect, I’ll tell them.', 43],
  [
    'tom',
    'Release checklist for today:\n- changelog ✅\n- migration tried on a copy ✅\n- somebody to watch the dashboard from 14:00',
    21,
  ],
  ['jonas', 'I can watch until 16:00.', 18],
  ['maya', 'And I take over from there. Lunch first? The Thai place at 12:30 🍜', 6],
  ['priya', 'Count me in!', 5],
  ['tom', 'Me too. I’ll book a table for four.', 2],
]

/**
 * What the server tells this page about when things were said is spread over two days; everything was really written
 * a moment ago.
 */
export async function backdate(page: Page): Promise<void> {
  const minutes = new Map(CONVERSATION.map(([, text, ago]) => [text, ago]))
  await page.routeWebSocket(/./, (client) => {
    const server = client.connectToServer()
    client.onMessage((frame) => server.send(frame))
    server.onMessage((frame) => client.send(typeof frame === 'string' ? rewrite(frame) : frame))
  })
  function rewrite(frame: string): string {
    return JSON.stringify(JSON.parse(frame), (_, value: unknown) => {
      if (!isMessage(value)) return value
      const ago = minutes.get(value.message)
      return ago === undefined ? value : { ...value, timestamp: Date.now() - ago * 60_000 }
    })
  }
}

function isMessage(value: unknown): value is { message: string; timestamp: number } {
  return typeof value === 'object' && value !== null && 'message' in value && 'timestamp' in value
}

/** Fills rooms with what a team of four would have in them; returns the id of the one that is looked at. */
export async function fill(people: Person[]): Promise<string> {
  const [first, ...others] = people
  if (!first) throw new Error('somebody has to create the rooms')
  const rooms: Record<string, string> = {}
  for (const name of ['Design', 'Support', 'Weekend hikes', 'Data import']) {
    rooms[name] = await first.createRoom(name, 'Anyone with the link')
    for (const other of others) await other.join(rooms[name])
  }
  const main = String(rooms['Data import'])
  const speakers = Object.fromEntries(people.map((person) => [person.name, person]))
  for (const [name, text] of CONVERSATION) {
    await say(speakers[name], text)
  }
  await others[1]?.page.goto(`/rooms/${rooms.Support}`)
  await say(others[1], 'The invoice question is solved.', 'It was the VAT id.')
  await others[0]?.page.goto(`/rooms/${rooms['Weekend hikes']}`)
  await say(others[0], 'Saturday looks sunny!')
  return main
}

/** Sends, and waits until the outbox is empty: the order of the conversation is that of the script. */
async function say(person: Person | undefined, ...texts: string[]): Promise<void> {
  await person?.send(...texts)
  await person?.page.waitForFunction(
    () => !Object.keys(localStorage).some((key) => key.startsWith('parley.outbox.')),
  )
}
