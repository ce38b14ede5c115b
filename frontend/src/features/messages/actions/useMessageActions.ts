import { Copy, Link, Pencil, Quote, SmilePlus, Trash2, UserRound } from '@lucide/vue'
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
  isMine: boolean
  /** One's own, or anybody's in a room whose admin one is. */
  mayDelete: boolean
}

/** What is done elsewhere in the page. */
export interface Doers<Message> {
  /** Puts a text into the composer. */
  quote: (text: string) => void
  /** Opens the card of who wrote the message. */
  showAuthor: (message: Message) => void
  /** Lets the person choose an emoji. */
  react: (message: Message) => void
  edit: (message: Message) => void
  /** Asks whether it is meant. */
  remove: (message: Message) => void
}

/** What can be done with a message, in one order for the bar, the menu and the sheet. */
export function useMessageActions<Message extends ActedOn>(
  doers: Doers<Message>,
): (message: Message) => MenuAction[] {
  const copy = useCopy()
  const router = useRouter()

  function linkTo({ roomId, seq }: ActedOn): string {
    const { href } = router.resolve({ name: 'room', params: { roomId }, query: { at: seq } })
    return new URL(href, location.origin).href
  }

  return (message) => {
    const isStored = message.seq !== undefined
    const actions: (MenuAction | false)[] = [
      isStored && {
        name: 'react',
        label: t('timeline.actions.react'),
        icon: SmilePlus,
        run: () => doers.react(message),
      },
      {
        name: 'quote',
        label: t('timeline.actions.quote'),
        icon: Quote,
        run: () => doers.quote(asQuote(message.text)),
      },
      isStored &&
        message.isMine && {
          name: 'edit',
          label: t('timeline.actions.edit'),
          icon: Pencil,
          run: () => doers.edit(message),
        },
      {
        name: 'copyText',
        label: t('timeline.actions.copyText'),
        icon: Copy,
        run: () => void copy(message.text, 'timeline.actions.textCopied'),
      },
      isStored && {
        name: 'copyLink',
        label: t('timeline.actions.copyLink'),
        icon: Link,
        run: () => void copy(linkTo(message), 'timeline.actions.linkCopied'),
      },
      {
        name: 'person',
        label: t('timeline.actions.person', { name: withoutOverrides(message.username) }),
        icon: UserRound,
        isMenuOnly: true,
        run: () => doers.showAuthor(message),
      },
      isStored &&
        message.mayDelete && {
          name: 'delete',
          label: t('timeline.actions.delete'),
          icon: Trash2,
          isMenuOnly: true,
          isDanger: true,
          run: () => doers.remove(message),
        },
    ]
    return actions.filter((action) => action !== false)
  }
}

/** A text as a quote in Markdown, with a line of one's own after it. */
export function asQuote(text: string): string {
  return `${text.replace(/^/gm, '> ')}\n\n`
}
