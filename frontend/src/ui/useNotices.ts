import { defineStore } from 'pinia'
import { ref } from 'vue'

const SHOWN_MS = 8_000

/** Short news that is shown, and spoken, for a while. */
export const useNotices = defineStore('notices', () => {
  const notices = ref<{ id: number; text: string }[]>([])
  let nextId = 1

  function say(text: string): void {
    const id = nextId++
    notices.value.push({ id, text })
    setTimeout(() => dismiss(id), SHOWN_MS)
  }

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  return { notices, say, dismiss }
})
