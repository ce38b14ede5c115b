import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ServerEvent } from '@/api/types.gen'
import { useRooms } from '@/features/rooms/useRooms'
import { aMessage, aRoom, ME, pushed } from '@/testing/builders'
import { settle, signedIn } from '@/testing/signedIn'
import { useNotices } from '@/ui/notices/useNotices'
import { pageTitle } from './useAttention'
import { READ_ELSEWHERE_MS, useNotifications } from './useNotifications'

const shown = vi.fn<(title: string, options: NotificationOptions) => void>()

function browser(permission: NotificationPermission, answer = permission): void {
  const notification = vi.fn(function (title: string, options: NotificationOptions) {
    shown(title, options)
  })
  const requestPermission = vi.fn(async () => answer)
  vi.stubGlobal('Notification', Object.assign(notification, { permission, requestPermission }))
}

function looking(at: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(at)
}

beforeEach(async () => {
  shown.mockClear()
  await signedIn()
  looking('hidden')
})

async function arrives(seq: number, changes = {}): Promise<void> {
  const event = pushed(aMessage(seq, changes))
  useRooms().apply(event)
  useNotifications().apply(event)
  await settle(READ_ELSEWHERE_MS)
}

describe('a message', () => {
  beforeEach(async () => {
    browser('default', 'granted')
    await useNotifications().turnOn()
    useRooms().replaceAll([aRoom()])
  })

  it('is told while nobody looks', async () => {
    await arrives(1)

    expect(shown).toHaveBeenCalledExactlyOnceWith(
      'Garden',
      expect.objectContaining({ body: 'bob: Text 1', tag: 'room' }),
    )
  })

  it('is not told while the page is in view', async () => {
    looking('visible')
    await arrives(1)

    expect(shown).not.toHaveBeenCalled()
  })

  it('of one’s own, from another device, is not told', async () => {
    await arrives(1, ME)

    expect(shown).not.toHaveBeenCalled()
  })

  it('that is read elsewhere at once is not told', async () => {
    const event = pushed(aMessage(1))
    useRooms().apply(event)
    useNotifications().apply(event)
    useRooms().apply({ action: 'roomsRead', rooms: [{ roomId: 'room', lastReadSeq: 1 }] })
    await settle(READ_ELSEWHERE_MS)

    expect(shown).not.toHaveBeenCalled()
  })

  it.each([
    ['a muted room', { mutedUntil: Number.MAX_SAFE_INTEGER }],
    ['a room that may not disturb', { level: 'nothing' }],
    ['a room of which only mentions may disturb', { level: 'mentions' }],
  ] as const)('in %s is not told', async (_, settings) => {
    useRooms().replaceAll([aRoom({ ...settings })])
    await arrives(1)

    expect(shown).not.toHaveBeenCalled()
  })

  it('that mentions the person is told where only mentions may disturb', async () => {
    useRooms().replaceAll([aRoom({ level: 'mentions' })])
    await arrives(1, { mentions: [ME] })

    expect(shown).toHaveBeenCalledOnce()
  })

  it('that was deleted at once is not told', async () => {
    const message = aMessage(1)
    const changed: ServerEvent = {
      action: 'changed',
      roomId: 'room',
      fromRev: 0,
      rev: 1,
      messages: [{ ...message, message: '', deletedAt: 2, rev: 1 }],
    }
    useNotifications().apply(pushed(message))
    useRooms().apply(pushed(message))
    useRooms().apply(changed)
    await settle(READ_ELSEWHERE_MS)

    expect(shown).not.toHaveBeenCalled()
  })

  it('is not told once they are turned off', async () => {
    useNotifications().turnOff()
    await arrives(1)

    expect(shown).not.toHaveBeenCalled()
  })
})

describe('the question', () => {
  const sent = { action: 'messageSent' as const, roomId: 'room', messageId: 'm', seq: 1 }
  const answered = { ...sent, sortKey: 's', timestamp: 1 }

  it('is offered once, after somebody wrote, and asked only by their click', async () => {
    browser('default', 'granted')
    useNotifications().apply(answered)
    useNotifications().apply(answered)

    const [notice, ...others] = useNotices().notices
    expect(others).toEqual([])
    expect(Notification.requestPermission).not.toHaveBeenCalled()
    notice?.action?.run()
    await settle()
    expect(useNotifications().isOn).toBe(true)
  })

  it.each(['granted', 'denied'] as const)('is not offered when it is %s already', (permission) => {
    browser(permission)
    useNotifications().apply(answered)

    expect(useNotices().notices).toEqual([])
  })

  it('that is refused leaves them off', async () => {
    browser('default', 'denied')
    await useNotifications().turnOn()

    expect(useNotifications().isOn).toBe(false)
  })
})

it.each([
  [0, undefined, 'Parley'],
  [0, 'Garden', 'Garden · Parley'],
  [3, 'Garden', '(3) Garden · Parley'],
  [250, undefined, '(99+) Parley'],
])('the title for %i unread in %s', (unread, room, title) => {
  expect(pageTitle(unread, room)).toBe(title)
})
