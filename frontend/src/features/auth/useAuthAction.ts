import { computed } from 'vue'
import { useTask } from '@/api/useAction'
import { explainAuth, type AuthFieldName } from './explainAuth'

/** A step of signing in or up: whether it is under way, and what is wrong, by field or with the whole. */
export function useAuthAction<A extends unknown[]>(act: (...args: A) => Promise<void>) {
  const { run, busy, slow, problem } = useTask(act, explainAuth)

  const at = (field: AuthFieldName) => (problem.value?.field === field ? problem.value.text : '')
  /** What is not about one of the fields that the form has. */
  const general = (...fields: AuthFieldName[]) =>
    problem.value && !(problem.value.field && fields.includes(problem.value.field))
      ? problem.value.text
      : ''

  return { run, busy: computed(() => busy.value), slow, at, general }
}
