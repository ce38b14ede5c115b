/** What other parts of the app may use of this feature. */
export { default as MessageBar } from './MessageBar.vue'
export { useMessageActions, type ActedOn } from './useMessageActions'
export { useMessageMenu } from './useMessageMenu'
