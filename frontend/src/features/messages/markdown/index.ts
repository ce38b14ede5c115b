/** What other parts of the app may use of this feature. */
export { MarkdownText } from './MarkdownText'
export { plainText } from './plain'
