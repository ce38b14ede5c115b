import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { t } from '@/i18n/i18n'
import { useWebSocket } from './useWebSocket'

const CALM_MS = 2_000

/** What to tell about the connection: nothing while it is well, and nothing about a short interruption. */
export function useConnectionNotice(): Ref<string> {
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
    if (!socket.online) return t('connection.offline')
    return late.value ? t('connection.reconnecting') : ''
  })
}
