import type { StoredMessage } from '@/api/types.gen'

/** What a person has done to a message, until the server has answered. */
export type Act =
  | { kind: 'edit'; text: string }
  | { kind: 'delete' }
  | { kind: 'react'; emoji: string; on: boolean }
  | { kind: 'pin'; on: boolean }

/** A message as it will be when the server has done all that is under way. */
export function asShown(
  message: StoredMessage,
  acts: readonly Act[],
  userId: string,
): StoredMessage {
  return acts.reduce((shown, act) => withAct(shown, act, userId), message)
}

function withAct(message: StoredMessage, act: Act, userId: string): StoredMessage {
  if (message.deletedAt) return message
  switch (act.kind) {
    case 'edit':
      return { ...message, message: act.text, editedAt: message.editedAt ?? message.timestamp }
    case 'delete':
      return {
        ...message,
        message: '',
        reactions: undefined,
        pinnedAt: undefined,
        quoted: undefined,
        deletedAt: message.timestamp,
        deletedBy: userId,
      }
    case 'pin':
      return { ...message, pinnedAt: act.on ? message.timestamp : undefined }
    case 'react':
      return { ...message, reactions: withReaction(message.reactions ?? [], act, userId) }
  }
}

function withReaction(
  reactions: NonNullable<StoredMessage['reactions']>,
  { emoji, on }: { emoji: string; on: boolean },
  userId: string,
): StoredMessage['reactions'] {
  const known = reactions.find((each) => each.emoji === emoji)
  if (!known) return on ? [...reactions, { emoji, users: [userId] }] : reactions
  const others = known.users.filter((each) => each !== userId)
  const users = on ? (known.users.includes(userId) ? known.users : [...others, userId]) : others
  return reactions
    .map((each) => (each === known ? { emoji, users } : each))
    .filter((each) => each.users.length)
}
