import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { useSessionParts } from '@/api/sessionParts'
import type { StoredMessage } from '@/api/types.gen'
import { useChanges, type Editing } from './useChanges'

/** The message that is being edited in each room: it waits while the person looks at another room. */
export const useEditing = defineStore('editing', () => {
  const changes = useChanges()
  const byRoom = shallowReactive(new Map<string, Editing>())

  const of = (roomId: string): Editing | undefined => byRoom.get(roomId)

  /** Begins with the text of a message, or, where an edit of it could not be saved, with that. */
  function begin({ roomId, sortKey, message, textRev = 0, mentions }: StoredMessage): void {
    const text = changes.unsavedEdit(sortKey)?.text ?? message
    byRoom.set(roomId, { sortKey, text, basedOn: textRev, mentions })
  }

  function write(roomId: string, text: string): void {
    const editing = of(roomId)
    if (editing) byRoom.set(roomId, { ...editing, text })
  }

  function cancel(roomId: string): void {
    byRoom.delete(roomId)
  }

  /** `mentions`: the userIds whom the text mentions. */
  function save(roomId: string, mentions: string[]): void {
    const editing = of(roomId)
    cancel(roomId)
    if (editing) void changes.edit(roomId, editing, mentions)
  }

  useSessionParts().register({ reset: () => byRoom.clear() })

  return { of, begin, write, cancel, save }
})
