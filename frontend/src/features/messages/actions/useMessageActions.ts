import { Copy, Link, Quote, UserRound } from '@lucide/vue'
import { useRouter } from 'vue-router'
import { t } from '@/shared/i18n/i18n'
import { withoutOverrides } from '@/shared/bidi'
import type { MenuAction } from '@/ui/menus/placedMenu'
import { useCopy } from '@/ui/useCopy'

/** What of a message its actions need. `seq` is missing while it is on its way. */
export interface ActedOn {
  roomId: string
  text: string
  seq: number | undefined
  username: string
}

/**
 * What can be done with a message, in one order for the bar, the menu and the sheet.
 *
 * @param quote Puts a text into the composer.
 * @param showAuthor Opens the card of who wrote the message.
 */
export function useMessageActions<Message extends ActedOn>(
  quote: (text: string) => void,
  showAuthor: (message: Message) => void,
): (message: Message) => MenuAction[] {
  const copy = useCopy()
  const router = useRouter()

  function linkTo({ roomId, seq }: ActedOn): string {
    const { href } = router.resolve({ name: 'room', params: { roomId }, query: { at: seq } })
    return new URL(href, location.origin).href
  }

  return (message) => {
    const actions: MenuAction[] = [
      {
        name: 'quote',
        label: t('timeline.actions.quote'),
        icon: Quote,
        run: () => quote(asQuote(message.text)),
      },
      {
        name: 'copyText',
        label: t('timeline.actions.copyText'),
        icon: Copy,
        run: () => void copy(message.text, 'timeline.actions.textCopied'),
      },
    ]
    if (message.seq !== undefined)
      actions.push({
        name: 'copyLink',
        label: t('timeline.actions.copyLink'),
        icon: Link,
        run: () => void copy(linkTo(message), 'timeline.actions.linkCopied'),
      })
    actions.push({
      name: 'person',
      label: t('timeline.actions.person', { name: withoutOverrides(message.username) }),
      icon: UserRound,
      isMenuOnly: true,
      run: () => showAuthor(message),
    })
    return actions
  }
}

/** A text as a quote in Markdown, with a line of one's own after it. */
export function asQuote(text: string): string {
  return `${text.replace(/^/gm, '> ')}\n\n`
}
