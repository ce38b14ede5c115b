/** What other parts of the app may use of this feature. */
export { default as TypingLine } from './TypingLine.vue'
export { useTyping } from './useTyping'
