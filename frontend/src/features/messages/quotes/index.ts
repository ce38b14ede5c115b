/** What other parts of the app may use of this feature. */
export { default as QuotedMessage } from './QuotedMessage.vue'
export { useReplying } from './useReplying'
