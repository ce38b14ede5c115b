import { useRouter } from 'vue-router'
import { useRoomOrder } from '@/features/roomList'
import { calling } from '@/features/rooms'
import { isComposing } from '@/ui/isComposing'
import { useEventListener } from '@/ui/useEventListener'

interface Openers {
  openSwitcher: () => void
  openHelp: () => void
}

/** The keys that work everywhere in the app. Those without Ctrl or Alt leave fields alone. */
export function useShortcuts({ openSwitcher, openHelp }: Openers): void {
  const router = useRouter()
  const order = useRoomOrder()

  useEventListener(document, 'keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.defaultPrevented || isComposing(event)) return
    const act = actionFor(event)
    if (!act) return
    event.preventDefault()
    act()
  })

  function actionFor(event: KeyboardEvent): (() => void) | undefined {
    const { key, altKey, shiftKey } = event
    const command = event.ctrlKey || event.metaKey
    if (command && !altKey && !shiftKey && key.toLowerCase() === 'k') {
      return isDialogOpen() ? nothing : openSwitcher
    }
    if (isDialogOpen()) return undefined
    if (command && !altKey && key === '.') return toggleMembers
    if (command && !altKey && key === '/') return openHelp
    if (altKey && !command && key === 'ArrowDown') return () => step(1, shiftKey)
    if (altKey && !command && key === 'ArrowUp') return () => step(-1, shiftKey)
    if (command || altKey || isField(event.target)) return undefined
    if (key === '?') return openHelp
    if (key.length === 1 && key !== ' ' && !isControl(event.target)) focusComposer()
    return undefined
  }

  function step(by: number, onlyUnread: boolean): void {
    const list = order.inOrder
    const at = list.findIndex(({ roomId }) => roomId === router.currentRoute.value.params.roomId)
    for (let tries = 1; tries <= list.length; tries++) {
      const start = at < 0 && by < 0 ? 0 : at
      const room = list[(start + by * tries + list.length * tries) % list.length]
      if (room && (!onlyUnread || calling(room))) {
        void router.push({ name: 'room', params: { roomId: room.roomId } })
        return
      }
    }
  }
}

/** What waits for an answer stays on top, and the browser, which has a use for the same keys, is kept out of it. */
const nothing = () => undefined

function toggleMembers(): void {
  document.querySelector<HTMLElement>('[data-shortcut="members"]')?.click()
}

/** A person who starts typing means the message: the first key goes into the field too. */
function focusComposer(): void {
  document.querySelector<HTMLElement>('main textarea')?.focus()
}

const isDialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
  )
}

/** What takes letters itself, or is about to open something that does. */
function isControl(target: EventTarget | null): boolean {
  const controls = '[role="menu"], [role="listbox"], [aria-haspopup][aria-expanded="true"]'
  return target instanceof HTMLElement && target.closest(controls) !== null
}
