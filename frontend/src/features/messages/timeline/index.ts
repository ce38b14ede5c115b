/** What other parts of the app may use of this feature. */
export { default as MessageList } from './MessageList.vue'
export { usePlaces } from './scrollPositions'
