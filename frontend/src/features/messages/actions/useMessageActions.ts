import { Copy, Link, Pencil, Pin, PinOff, Reply, SmilePlus, Trash2, UserRound } from '@lucide/vue'
import { useRouter } from 'vue-router'
import type { StoredMessage } from '@/api/types.gen'
import { t } from '@/shared/i18n/i18n'
import { withoutOverrides } from '@/shared/bidi'
import type { MenuAction } from '@/ui/menus/placedMenu'
import { useCopy } from '@/ui/useCopy'

/** What of a message its actions need. `seq` is missing while it is on its way. */
export interface ActedOn {
  roomId: string
  text: string
  seq: number | undefined
  stored?: StoredMessage
  username: string
  isMine: boolean
  /** One's own, or others' in a room in which one has such a role. */
  mayDelete: boolean
  /** What the rules of the room say, and whether it is archived. */
  mayPin: boolean
  mayReply: boolean
  mayChange: boolean
}

/** What is done elsewhere in the page. */
export interface Doers<Message> {
  /** Lets the person answer a message, in the composer. */
  reply: (message: Message) => void
  pin: (message: Message, on: boolean) => void
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

  function linkTo({ roomId, stored }: ActedOn): string {
    const params = { roomId, sortKey: stored?.sortKey }
    const { href } = router.resolve({ name: 'message', params })
    return new URL(href, location.origin).href
  }

  return (message) => {
    const isStored = message.seq !== undefined
    const isPinned = Boolean(message.stored?.pinnedAt)
    const actions: (MenuAction | false)[] = [
      isStored &&
        message.mayChange && {
          name: 'react',
          label: t('timeline.actions.react'),
          icon: SmilePlus,
          run: () => doers.react(message),
        },
      isStored &&
        message.mayReply && {
          name: 'reply',
          label: t('timeline.actions.reply'),
          icon: Reply,
          run: () => doers.reply(message),
        },
      isStored &&
        message.mayChange &&
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
      isStored &&
        message.mayPin && {
          name: 'pin',
          label: t(isPinned ? 'timeline.actions.unpin' : 'timeline.actions.pin'),
          icon: isPinned ? PinOff : Pin,
          isMenuOnly: true,
          run: () => doers.pin(message, !isPinned),
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
