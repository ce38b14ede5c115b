import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { t } from '@/shared/i18n/i18n'
import { useWebSocket } from '@/api/useWebSocket'

const CALM_MS = 2_000

export interface ConnectionNotice {
  text: string
  /** Whether asking for another try at once makes sense. */
  canRetry: boolean
}

/** What to tell about the connection: nothing while it is well, and nothing about a short interruption. */
export function useConnectionNotice(): Ref<ConnectionNotice | undefined> {
  const socket = useWebSocket()
  const late = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    () => socket.connected,
    (connected) => {
      clearTimeout(timer)
      late.value = false
      if (!connected) timer = setTimeout(() => (late.value = true), CALM_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  return computed(() => {
    if (!socket.online) return { text: t('connection.offline'), canRetry: !socket.connected }
    return late.value ? { text: t('connection.reconnecting'), canRetry: true } : undefined
  })
}
