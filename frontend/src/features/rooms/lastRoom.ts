import { safeStorage } from '@/shared/safeStorage'

const keyOf = (userId: string): string => `parley.lastRoom.${userId}`

/** The room that a person had open last in this browser: the app opens there again. */
export const lastRoom = {
  of: (userId: string): string | undefined => safeStorage.getItem(keyOf(userId)) ?? undefined,
  remember: (userId: string, roomId: string) => void safeStorage.setItem(keyOf(userId), roomId),
}
