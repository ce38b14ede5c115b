import { computed, ref, shallowRef, type Ref, type ShallowRef, type WritableComputedRef } from 'vue'
import { explain } from '@/api/explain'
import { SLOW_MS } from '@/shared/slow'

interface Task<A extends unknown[]> {
  run: (...args: A) => Promise<void>
  busy: Ref<boolean>
  /** It takes long. `run` then starts it once more, beside what is under way. */
  slow: Ref<boolean>
}

/**
 * Something a person starts: whether it is under way, and what went wrong as `toProblem` tells it. One at a time, but
 * for what is slow: commands may be repeated, and whichever answer comes first counts.
 */
export function useTask<A extends unknown[], P>(
  act: (...args: A) => Promise<void>,
  toProblem: (error: unknown) => P,
): Task<A> & { problem: ShallowRef<P | undefined> } {
  const busy = ref(false)
  const slow = ref(false)
  const problem = shallowRef<P>()
  /** The attempt whose failure counts; none while nothing is under way. */
  let latest: symbol | undefined

  async function run(...args: A): Promise<void> {
    if (busy.value && !slow.value) return
    const mine = Symbol()
    latest = mine
    busy.value = true
    slow.value = false
    problem.value = undefined
    const timer = setTimeout(() => (slow.value ||= latest === mine), SLOW_MS)
    try {
      await act(...args)
      if (latest) end()
    } catch (error) {
      if (latest !== mine) return
      problem.value = toProblem(error)
      end()
    } finally {
      clearTimeout(timer)
    }
  }

  function end(): void {
    latest = undefined
    busy.value = false
    slow.value = false
  }

  return { run, busy, slow, problem }
}

/** The same, with what went wrong in words; empty where nothing did. */
export function useAction<A extends unknown[]>(
  act: (...args: A) => Promise<void>,
  inWords: (error: unknown) => string = explain,
): Task<A> & { problem: WritableComputedRef<string> } {
  const { run, busy, slow, problem } = useTask(act, inWords)
  const text = computed({
    get: () => problem.value ?? '',
    set: (words) => (problem.value = words),
  })
  return { run, busy, slow, problem: text }
}
