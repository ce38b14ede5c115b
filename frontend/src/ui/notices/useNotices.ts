import { defineStore } from 'pinia'
import { ref } from 'vue'

export interface NoticeAction {
  label: string
  run: () => void
}

interface Options {
  /** One thing that can be done about it; there is more time for that. */
  action?: NoticeAction
  /** Until it is done, dismissed or withdrawn. */
  stays?: boolean
  /** What it is about, such as one person in one room: a newer notice of it takes the place of an older one. */
  topic?: string
}

export interface Notice extends Options {
  id: number
  text: string
}

const SHOWN_MS = 8_000
const WITH_ACTION_MS = 30_000

/** Short news that is shown, and spoken, for a while, and taken back where it is no longer true. */
export const useNotices = defineStore('notices', () => {
  const notices = ref<Notice[]>([])
  let nextId = 1

  function say(text: string, options: Options = {}): void {
    const id = nextId++
    const others = options.topic ? without(options.topic) : notices.value
    notices.value = [...others, { id, text, ...options }]
    if (options.stays) return
    setTimeout(() => dismiss(id), options.action ? WITH_ACTION_MS : SHOWN_MS)
  }

  /** It is no longer true. */
  function withdraw(topic: string): void {
    notices.value = without(topic)
  }

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  const without = (topic: string): Notice[] =>
    notices.value.filter((notice) => notice.topic !== topic)

  function reset(): void {
    notices.value = []
  }

  return { notices, say, withdraw, dismiss, reset }
})
