import { shallowRef } from 'vue'
import { placeOf, usePlacedMenu, type MenuAction } from '@/ui/menus/placedMenu'

/** A finger that rests so long asks for the menu; iOS has no event for it. */
const LONG_PRESS_MS = 500
/** A finger that moves further scrolls. */
const MOVED_PX = 10

/**
 * The menu of whichever message it was asked for. `actionsOf` tells the actions of the element that was pressed, if it
 * belongs to a message.
 */
export function useMessageMenu(actionsOf: (article: HTMLElement) => MenuAction[] | undefined) {
  const menu = usePlacedMenu()
  const actions = shallowRef<MenuAction[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let pressed = { x: 0, y: 0 }

  function openFor(target: EventTarget | null, place: { x: number; y: number }): boolean {
    const article =
      target instanceof Element ? target.closest<HTMLElement>('article[data-message]') : null
    const found = article && actionsOf(article)
    if (!article || !found) return false
    actions.value = found
    menu.open(article, place)
    return true
  }

  /** Right click, or the menu key. Links and selected text keep the browser's own menu. */
  function onContextMenu(event: MouseEvent): void {
    const { target } = event
    if (!(target instanceof HTMLElement) || target.closest('a[href]') || hasSelection()) return
    if (openFor(target, placeOf(event, target))) event.preventDefault()
  }

  function onTouchStart({ target, touches }: TouchEvent): void {
    onTouchEnd()
    const [touch] = touches
    if (!touch || touches.length > 1) return
    pressed = { x: touch.clientX, y: touch.clientY }
    timer = setTimeout(() => openFor(target, pressed), LONG_PRESS_MS)
  }

  function onTouchMove({ touches: [touch] }: TouchEvent): void {
    if (!touch) return
    const moved = Math.hypot(touch.clientX - pressed.x, touch.clientY - pressed.y)
    if (moved > MOVED_PX) onTouchEnd()
  }

  function onTouchEnd(): void {
    clearTimeout(timer)
  }

  const listeners = {
    contextmenu: onContextMenu,
    touchstart: onTouchStart,
    touchmove: onTouchMove,
    touchend: onTouchEnd,
    touchcancel: onTouchEnd,
  }

  return { ...menu, actions, openFor, listeners }
}

const hasSelection = (): boolean => Boolean(getSelection()?.toString())
