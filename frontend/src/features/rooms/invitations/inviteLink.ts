import type { Router } from 'vue-router'

/** The link that opens the invitation to a room. */
export function inviteLink(router: Router, roomId: string): string {
  const { href } = router.resolve({ name: 'join', params: { roomId } })
  return new URL(href, location.origin).href
}

/** The id of the room that a pasted invite link leads to; undefined for any other text. */
export function roomOfLink(router: Router, text: string): string | undefined {
  if (!URL.canParse(text.trim())) return undefined
  const { origin, pathname } = new URL(text.trim())
  if (origin !== location.origin) return undefined
  const { name, params } = router.resolve(pathname)
  const isOfRoom = name === 'join' || name === 'room'
  return isOfRoom && typeof params.roomId === 'string' ? params.roomId : undefined
}
