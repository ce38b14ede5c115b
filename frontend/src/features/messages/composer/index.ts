/** What other parts of the app may use of this feature. */
export { default as MessageComposer } from './MessageComposer.vue'
export { useDrafts } from './drafts'
