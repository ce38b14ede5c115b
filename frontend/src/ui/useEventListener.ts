import { onMounted, onUnmounted } from 'vue'

/** Listens while the component is mounted. */
export function useEventListener(
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
  options?: AddEventListenerOptions,
): void {
  onMounted(() => target.addEventListener(type, listener, options))
  onUnmounted(() => target.removeEventListener(type, listener, options))
}
