import { computed, ref, shallowRef, type Ref, type ShallowRef, type WritableComputedRef } from 'vue'
import { explain } from '@/api/explain'

interface Task<A extends unknown[]> {
  run: (...args: A) => Promise<void>
  busy: Ref<boolean>
}

/** Something a person starts: whether it is under way, and what went wrong as `toProblem` tells it. One at a time. */
export function useTask<A extends unknown[], P>(
  act: (...args: A) => Promise<void>,
  toProblem: (error: unknown) => P,
): Task<A> & { problem: ShallowRef<P | undefined> } {
  const busy = ref(false)
  const problem = shallowRef<P>()

  async function run(...args: A): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = undefined
    try {
      await act(...args)
    } catch (error) {
      problem.value = toProblem(error)
    } finally {
      busy.value = false
    }
  }

  return { run, busy, problem }
}

/** The same, with what went wrong in words; empty where nothing did. */
export function useAction<A extends unknown[]>(
  act: (...args: A) => Promise<void>,
  inWords: (error: unknown) => string = explain,
): Task<A> & { problem: WritableComputedRef<string> } {
  const { run, busy, problem } = useTask(act, inWords)
  const text = computed({
    get: () => problem.value ?? '',
    set: (words) => (problem.value = words),
  })
  return { run, busy, problem: text }
}
