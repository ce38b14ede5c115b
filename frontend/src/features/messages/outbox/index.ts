/** What other parts of the app may use of this feature. */
export { default as SendingState } from './SendingState.vue'
export type { OutboxEntry } from './storage'
export { useOutbox } from './useOutbox'
