import type { Virtualizer } from 'virtua/vue'
import { nextTick, onBeforeUnmount, onMounted, onUnmounted, ref, watch, type Ref } from 'vue'
import { useEventListener } from '@/ui/useEventListener'
import { usePlaces, type Place } from './scrollPositions'
import type { Row } from './rows'

export type VirtualList = InstanceType<typeof Virtualizer>

const NEAR_END_PX = 80
/** What the scrolled element has below the rows. */
const END_PX = 8
/** Earlier messages are asked for so far before one gets there. */
const NEAR_TOP_PX = 800
/** A new-messages mark that is scrolled to leaves so much of what one knows above it. */
const CONTEXT_PX = 72

interface Options {
  roomId: string
  scroller: Ref<HTMLElement | undefined>
  list: Ref<VirtualList | undefined>
  rows: Ref<readonly Row[]>
  /** Further messages follow that are not loaded: the last row is not the end. */
  hasLater: () => boolean
  onNearTop: () => void
  onNearBottom: () => void
  /** The first and the last row that are in view. */
  onView: (first: number, last: number) => void
}

/**
 * Keeps the reader's place. At the end it follows what is new; elsewhere what is in view stays there (the list itself
 * sees to that when rows are put in above). A room is opened where it was left, or else at what is new, or at the end.
 */
export function useScrollPlace({
  roomId,
  scroller,
  list,
  rows,
  hasLater,
  onNearTop,
  onNearBottom,
  onView,
}: Options) {
  const places = usePlaces()
  const atEnd = ref(true)
  /** The first and the last row in view. */
  const firstInView = ref(0)
  const lastInView = ref(-1)
  const placed = ref(false)
  let last = { top: 0, height: 0 }

  watch(
    () => rows.value.at(-1)?.key,
    () => {
      if (rows.value.at(-1)?.entry) atEnd.value = true // one's own words are followed
    },
    { immediate: true },
  )
  watch(
    rows, // not the last only: what others write stands before one's own words that are still on their way
    async () => {
      if (!rows.value.length) return
      await nextTick()
      if (!placed.value) open()
      else if (atEnd.value && !hasLater()) toEnd()
      else look()
    },
    { immediate: true },
  )

  function open(): void {
    placed.value = true
    const left = places.of(roomId)
    const leftAt = left ? indexOf(({ key }) => key === left.key) : -1
    const newAt = indexOf(({ startsNew }) => startsNew)
    if (left && leftAt >= 0) goTo(leftAt, left.offset)
    else if (newAt >= 0) goTo(newAt, -CONTEXT_PX)
    else toEnd()
  }

  function goTo(index: number, offset: number): void {
    atEnd.value = false
    void list.value?.scrollToIndex(index, { align: 'start', offset })
    // Short of the end nothing scrolls, and nothing then says that this is the end.
    setTimeout(look, 100)
  }

  function toEnd(): void {
    atEnd.value = true
    list.value?.scrollToIndex(rows.value.length - 1, { align: 'end', offset: END_PX })
    setTimeout(look, 100)
  }

  const indexOf = (test: (row: Row) => boolean): number => rows.value.findIndex(test)

  function look(): void {
    const element = scroller.value
    if (!element || !list.value || !placed.value || element.clientHeight === 0) return
    const { scrollTop: top, scrollHeight: height, clientHeight } = element
    // Heights that are measured late move the end away: only a person's way up leaves it.
    const shrunk = Math.max(0, last.height - height)
    const isNearEnd = height - top - clientHeight < NEAR_END_PX
    if (hasLater()) atEnd.value = false
    else if (isNearEnd) atEnd.value = true
    else if (last.top - top > shrunk + 2) atEnd.value = false
    last = { top, height }
    firstInView.value = list.value.findItemIndex(top)
    lastInView.value = isNearEnd
      ? rows.value.length - 1
      : list.value.findItemIndex(top + clientHeight)
    onView(firstInView.value, lastInView.value)
    const fits = height <= clientHeight
    if (fits || (top < NEAR_TOP_PX && !atEnd.value)) onNearTop()
    if (hasLater() && height - top - clientHeight < NEAR_TOP_PX) onNearBottom()
  }

  function onResize(): void {
    if (placed.value && atEnd.value) toEnd()
    look()
  }

  // The composer grows, a panel opens, a phone's keyboard comes and goes, a row gets its height.
  const resizing = new ResizeObserver(onResize)
  onMounted(() => {
    if (!scroller.value) return
    scroller.value.addEventListener('scroll', look, { passive: true })
    resizing.observe(scroller.value)
  })
  // In a room without messages the list comes later.
  const observeParts = () =>
    [...(scroller.value?.children ?? [])].forEach((each) => resizing.observe(each))
  watch(list, observeParts, { immediate: true, flush: 'post' })
  onBeforeUnmount(() => places.leave(roomId, atEnd.value ? undefined : placeInView()))
  onUnmounted(() => resizing.disconnect())

  function placeInView(): Place | undefined {
    const element = scroller.value
    if (!element) return undefined
    const { top } = element.getBoundingClientRect()
    for (const item of element.querySelectorAll<HTMLElement>('[data-key]')) {
      const box = item.getBoundingClientRect()
      if (box.bottom > top) return { key: item.dataset.key ?? '', offset: top - box.top }
    }
    return undefined
  }

  useEventListener(document, 'visibilitychange', look)

  return { atEnd, firstInView, lastInView, toEnd, goTo }
}
