import { onUnmounted } from 'vue'
import { useRouter } from 'vue-router'
import { backOnce } from './useGoBack'

/** A dialog that is open as long as its route is: the back button closes it, a link opens it. */
export function useRouteDialog() {
  const router = useRouter()
  let isOpen = true
  onUnmounted(() => (isOpen = false))

  function close(): void {
    if ((history.state as { back?: unknown } | null)?.back) backOnce(router)
    else void router.replace({ name: 'welcome' })
  }

  /** To a room, unless the person has closed the dialog meanwhile, and gone elsewhere. */
  async function goTo(roomId: string): Promise<void> {
    if (isOpen) await router.replace({ name: 'room', params: { roomId } })
  }

  return { close, goTo }
}
