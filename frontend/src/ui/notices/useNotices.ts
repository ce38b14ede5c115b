import { defineStore } from 'pinia'
import { ref } from 'vue'

export interface NoticeAction {
  label: string
  run: () => void
}

export interface Notice {
  id: number
  text: string
  /** One thing that can be done about it. Such a notice stays until it is done or dismissed. */
  action?: NoticeAction
}

/** Short news that is shown, and spoken, for a while. */
export const useNotices = defineStore('notices', () => {
  const notices = ref<Notice[]>([])
  let nextId = 1

  function say(text: string, action?: NoticeAction): void {
    notices.value.push({ id: nextId++, text, action })
  }

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  function reset(): void {
    notices.value = []
  }

  return { notices, say, dismiss, reset }
})
