import { computed, ref, type Ref } from 'vue'
import { explainAuth, type AuthFieldName, type AuthProblem } from './explainAuth'

/** A step of signing in or up: whether it is under way, and what is wrong, by field or with the whole. */
export function useAuthAction<A extends unknown[]>(act: (...args: A) => Promise<void>) {
  const busy = ref(false)
  const problem: Ref<AuthProblem | undefined> = ref()

  async function run(...args: A): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = undefined
    try {
      await act(...args)
    } catch (error) {
      problem.value = explainAuth(error)
    } finally {
      busy.value = false
    }
  }

  const at = (field: AuthFieldName) => (problem.value?.field === field ? problem.value.text : '')
  /** What is not about one of the fields that the form has. */
  const general = (...fields: AuthFieldName[]) =>
    problem.value && !(problem.value.field && fields.includes(problem.value.field))
      ? problem.value.text
      : ''

  return { run, busy: computed(() => busy.value), at, general }
}
