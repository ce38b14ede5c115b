import { beforeEach, describe, expect, it } from 'vitest'
import { useSessionParts } from '@/api/sessionParts'
import { aRoom, BOB, ME, memberChanged, pong, welcome } from '@/testing/builders'
import { FakeServer } from '@/testing/fakeServer'
import { inSession, settle } from '@/testing/signedIn'
import type { Participant, RoomMembers } from '@/api/types.gen'
import { useMembers } from './useMembers'

const alice: Participant = {
  ...ME,
  status: 'approved',
  isAdmin: true,
  isModerator: false,
  version: 1,
}
const bob: Participant = {
  ...BOB,
  status: 'approved',
  isAdmin: false,
  isModerator: false,
  version: 1,
}
let server: FakeServer

beforeEach(async () => {
  server = new FakeServer({
    hello: () => welcome([aRoom()]),
    getMembers: ({ after }) => (after === undefined ? page([alice], 'more') : page([bob])),
  })
  await inSession()
  void useMembers().load('room')
  await settle()
})

function page(participants: Participant[], next?: string): RoomMembers {
  return {
    action: 'roomMembers',
    roomId: 'room',
    roomName: 'Garden',
    participants,
    hasMore: next !== undefined,
    next,
  }
}

const statuses = () =>
  Object.fromEntries(
    useMembers()
      .of('room')
      ?.map((each) => [each.username, each.status]) ?? [],
  )

it('is read page by page', () => {
  expect(statuses()).toEqual({ alice: 'approved', bob: 'approved' })
})

it('shows a request as it arrives, once', () => {
  const carol = { userId: 'carol-id', username: 'carol', version: 1 }
  server.push({ action: 'joinRequest', roomId: 'room', ...carol })
  server.push({ action: 'joinRequest', roomId: 'room', ...carol })

  expect(useMembers().of('room')).toHaveLength(3)
  expect(statuses()).toMatchObject({ carol: 'pending' })
})

it.each(['left', 'banned', 'rejected'] as const)('drops who is %s', (status) => {
  server.push(memberChanged({ ...BOB, status }))

  expect(statuses()).toEqual({ alice: 'approved' })
})

it('holds to the newest of what is told of somebody, in whatever order', async () => {
  server.push(memberChanged({ ...BOB, version: 4, status: 'approved', isAdmin: true }))
  server.push(memberChanged({ ...BOB, version: 3, status: 'left' }))
  expect(statuses()).toMatchObject({ bob: 'approved' })
  server.push(memberChanged({ ...BOB, version: 6, status: 'banned' }))
  server.push(memberChanged({ ...BOB, version: 5, status: 'approved' }))
  server.push({ action: 'joinRequest', roomId: 'room', ...BOB, version: 2 })
  expect(statuses()).toEqual({ alice: 'approved' })

  // and a list that was read before that does not bring them back
  void useMembers().load('room')
  await settle()

  expect(statuses()).toEqual({ alice: 'approved' })
})

it('is read again when it was wanted again while it was read, as by somebody who became an admin', async () => {
  const carol: Participant = {
    userId: 'carol-id',
    username: 'carol',
    status: 'pending',
    isAdmin: false,
    isModerator: false,
    version: 1,
  }
  let reads = 0
  server.answers.getMembers = () => {
    if (++reads === 1) void useMembers().load('room')
    return reads === 1 ? page([alice, bob]) : page([alice, bob, carol])
  }
  void useMembers().load('room')
  await settle()

  expect(statuses()).toMatchObject({ carol: 'pending' })
})

it('is read again when something changed while it was read', async () => {
  let reads = 0
  server.answers.getMembers = () => {
    if (++reads === 1) server.push(memberChanged({ ...BOB, status: 'left' }))
    return reads === 1 ? page([alice, bob]) : page([alice])
  }
  void useMembers().load('room')
  await settle()

  expect(statuses()).toEqual({ alice: 'approved' })
})

it('is read again after a reconnect', async () => {
  server.answers.getMembers = () => page([alice])
  server.drop()
  await settle(1_000)

  expect(statuses()).toEqual({ alice: 'approved' })
})

describe('when nothing answers', () => {
  const GIVEN_UP = 150_000

  beforeEach(() => {
    useMembers().forget('room')
    server.answers.getMembers = () => undefined
    server.answers.ping = () => pong()
  })

  it('whoever wants the list again meanwhile is told of the same end', async () => {
    const first = useMembers()
      .load('room')
      .catch(() => 'failed')
    await settle(1_000)
    const again = useMembers()
      .load('room')
      .catch(() => 'failed')
    await settle(GIVEN_UP)

    expect(await Promise.all([first, again])).toEqual(['failed', 'failed'])
    expect(useMembers().hasFailed('room')).toBe(true)
  })

  it('the list is read after the next reconnect', async () => {
    useMembers()
      .load('room')
      .catch(() => undefined)
    await settle(GIVEN_UP)
    server.answers.getMembers = () => page([alice])
    server.drop()
    await settle(1_000)

    expect(statuses()).toEqual({ alice: 'approved' })
    expect(useMembers().hasFailed('room')).toBe(false)
  })

  it('nothing of it is kept once the person is signed out', async () => {
    useMembers()
      .load('room')
      .catch(() => undefined)
    await settle(1_000)
    useSessionParts().reset()
    server.answers.getMembers = () => page([alice])
    await settle(GIVEN_UP)
    expect(statuses()).toEqual({})

    await useMembers().load('room')
    expect(statuses()).toEqual({ alice: 'approved' })
  })
})
