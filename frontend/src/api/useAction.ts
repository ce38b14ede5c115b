import { ref, type Ref } from 'vue'
import { explain } from '@/api/explain'

/** Something a person starts: whether it is under way, and in words what went wrong. */
export function useAction<A extends unknown[]>(
  act: (...args: A) => Promise<void>,
  inWords: (error: unknown) => string = explain,
): { run: (...args: A) => Promise<void>; busy: Ref<boolean>; problem: Ref<string> } {
  const busy = ref(false)
  const problem = ref('')

  async function run(...args: A): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = ''
    try {
      await act(...args)
    } catch (error) {
      problem.value = inWords(error)
    } finally {
      busy.value = false
    }
  }

  return { run, busy, problem }
}
