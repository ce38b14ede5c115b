import { useRoute, useRouter } from 'vue-router'

/** Leads on to where the person was going. */
export function useAfterSignIn(): () => Promise<void> {
  const route = useRoute()
  const router = useRouter()
  return async () => {
    const next = route.query.next
    await router.replace(typeof next === 'string' && next.startsWith('/') ? next : '/')
  }
}
