import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

/** Chromium's own; the others install by their menus. */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<void>
}

/** Whether the browser would install the app, and its question. Use it at the start: the browser tells only once. */
export const useInstall = defineStore('install', () => {
  const prompt = shallowRef<BeforeInstallPromptEvent>()
  const isPossible = computed(() => prompt.value !== undefined)

  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault() // not now: when the person asks for it, in the settings
    prompt.value = event as BeforeInstallPromptEvent
  })
  addEventListener('appinstalled', () => (prompt.value = undefined))

  async function install(): Promise<void> {
    await prompt.value?.prompt()
    prompt.value = undefined
  }

  return { isPossible, install }
})
