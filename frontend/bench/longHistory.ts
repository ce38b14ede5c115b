import type { Page } from '@playwright/test'

const TEXTS = [
  'A short one.',
  'One of the usual length, in which somebody tells what they have found, and asks what others make of it.',
  'With **some** `markup` and a link: https://example.com/a/b',
  'Several\nlines\nof text',
]

/**
 * Gives a room a long history without writing it: what the page asks for is answered on its way to the server, which
 * is asked everything else.
 */
export async function withHistory(page: Page, roomId: string, count: number): Promise<void> {
  await page.routeWebSocket(/./, (client) => {
    const server = client.connectToServer()
    client.onMessage((frame) => {
      const command = JSON.parse(String(frame)) as Command
      if (command.action !== 'getMessages' || command.roomId !== roomId) return server.send(frame)
      client.send(JSON.stringify(answer(command)))
    })
    server.onMessage((frame) => client.send(withLastSeq(String(frame))))
  })

  function answer({ requestId, limit = 50, before, after }: Command): object {
    const end = before === undefined ? count : seqOf(before) - 1
    const first = after === undefined ? Math.max(1, end - limit + 1) : seqOf(after) + 1
    const last = after === undefined ? end : Math.min(count, first + limit - 1)
    const messages = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) =>
      message(first + at),
    )
    const hasMore = after === undefined ? first > 1 : last < count
    return { action: 'messageHistory', requestId, roomId, messages, hasMore }
  }

  function message(seq: number): object {
    const who = ['maya', 'jonas', 'priya'][Math.floor(seq / 3) % 3]
    return {
      roomId,
      messageId: `m${seq}`,
      userId: `${who}-id`,
      username: who,
      message: `This is number ${seq} . ${TEXTS[seq % TEXTS.length]}`,
      timestamp: Date.now() - (count - seq) * 60_000,
      seq,
      sortKey: sortKey(seq),
    }
  }

  function withLastSeq(frame: string): string {
    return JSON.stringify(JSON.parse(frame), (_, value: unknown) =>
      isRoom(value) && value.roomId === roomId
        ? { ...value, lastSeq: count, lastReadSeq: count }
        : value,
    )
  }
}

interface Command {
  action: string
  requestId: string
  roomId?: string
  limit?: number
  before?: string
  after?: string
}

const sortKey = (seq: number) => `${String(seq).padStart(8, '0')}#m${seq}`
const seqOf = (key: string) => Number(key.slice(0, 8))

function isRoom(value: unknown): value is { roomId: string; lastSeq: number } {
  return typeof value === 'object' && value !== null && 'roomId' in value && 'lastReadSeq' in value
}
