/** What other parts of the app may use of this feature. */
export { default as ChangeDialogs } from './ChangeDialogs.vue'
export { default as MessageBar } from './MessageBar.vue'
export { default as MessageReactions } from './MessageReactions.vue'
export { default as UnsavedEdit } from './UnsavedEdit.vue'
export { useMessageActions, type ActedOn } from './useMessageActions'
export { useMessageMenu } from './useMessageMenu'
