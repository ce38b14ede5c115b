import type { Person } from '@/api/types.gen'
import { defineAsyncComponent, shallowRef } from 'vue'
import { usePlacedMenu } from '@/ui/menus/placedMenu'

export type { Person }

/** Fetched with the first card that is asked for. */
export const PersonCard = defineAsyncComponent(() => import('./PersonCard.vue'))

/** The card of one person, at a place of the page. */
export function usePersonCard() {
  const place = usePlacedMenu()
  const person = shallowRef<Person>()

  function show(whom: Person, opener: HTMLElement, at: { x: number; y: number }): void {
    person.value = whom
    place.open(opener, at)
  }

  const { isOpen, at, returnTo } = place
  return { isOpen, at, returnTo, person, show }
}
