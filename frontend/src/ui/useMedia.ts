import { onScopeDispose, ref, type Ref } from 'vue'

/** Whether a media query holds at the moment, such as `(width < 48rem)`. */
export function useMedia(query: string): Ref<boolean> {
  const list = matchMedia(query)
  const matches = ref(list.matches)
  const follow = (): void => {
    matches.value = list.matches
  }
  list.addEventListener('change', follow)
  onScopeDispose(() => list.removeEventListener('change', follow))
  return matches
}
