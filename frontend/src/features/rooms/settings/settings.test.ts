import { beforeEach, describe, expect, it } from 'vitest'
import type { RoomInfo, RoomSummary } from '@/api/types.gen'
import { aMessage, aRoom, BOB, ME, pushed, roomsPage, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import { may } from '../roomState'
import { useRooms } from '../useRooms'

let server: FakeServer
let stored: RoomSummary[]

beforeEach(async () => {
  stored = [aRoom({ lastSeq: 2, lastReadSeq: 1, rev: 4, infoRev: 4 })]
  server = new FakeServer({ hello: () => welcome(stored), getRooms: () => roomsPage(stored) })
  await inSession()
})

const room = () => useRooms().get('room')
const info = (changes: Partial<RoomInfo>): RoomInfo => ({
  roomName: 'Garden',
  rules: aRoom().rules,
  infoRev: 5,
  ...changes,
})

function change(changes: Partial<RoomInfo>): void {
  const told = info(changes)
  const { infoRev } = told
  const revs = { fromRev: infoRev - 1, rev: infoRev }
  server.push({ action: 'changed', roomId: 'room', ...revs, messages: [], room: told })
}

describe('what a room is called and how it works', () => {
  it('is as the latest change says, in whatever order changes come', () => {
    change({ roomName: 'Newest', topic: 'Plans', infoRev: 6 })
    change({ roomName: 'Older', infoRev: 5 })

    expect(room()).toMatchObject({ roomName: 'Newest', topic: 'Plans', infoRev: 6 })
  })

  it('is not turned back by a list that was read before', async () => {
    change({ topic: 'Plans' })
    server.drop()
    await settle(1_000)

    expect(room()?.topic).toBe('Plans')
  })

  it('counts as unread no more once the room is archived', () => {
    expect(useRooms().totalUnread).toBe(1)

    change({ archivedAt: 1 })

    expect(useRooms().totalUnread).toBe(0)
    expect(useRooms().archived.map(({ roomId }) => roomId)).toEqual(['room'])
    expect(useRooms().current).toEqual([])
  })
})

it.each([
  ['everyone', [true, true, true]],
  ['moderators', [false, true, true]],
  ['admins', [false, false, true]],
] as const)('a rule for %s holds for members, moderators and admins', (allowed, expected) => {
  const roles = [{}, { isModerator: true }, { isAdmin: true }]
  expect(roles.map((role) => may(aRoom(role), allowed))).toEqual(expected)
})

describe('a direct room', () => {
  const direct = aRoom({
    roomId: 'dm-1',
    roomName: 'alice, bob',
    kind: 'direct',
    people: [ME, BOB],
  })

  it('is looked for when a message of one comes that is not in the list', async () => {
    stored = [...stored, { ...direct, lastSeq: 1 }]
    server.push(pushed(aMessage(1, { roomId: 'dm-1' })))
    await settle(1_000)

    expect(useRooms().get('dm-1')).toMatchObject({ roomName: 'bob', lastSeq: 1 })
  })

  it('is hidden until its next message, on every device', async () => {
    stored = [{ ...direct, lastSeq: 3 }]
    server.drop()
    await settle(1_000)
    const settings = { level: 'all', hiddenAtSeq: 3, settingsVersion: 1 } as const
    server.push({ action: 'personalSettingsChanged', roomId: 'dm-1', ...settings })
    expect(useRooms().current).toEqual([])

    server.push(pushed(aMessage(4, { roomId: 'dm-1' })))
    expect(useRooms().current.map(({ roomName }) => roomName)).toEqual(['bob'])
  })
})
