/** What other parts of the app may use of this feature. */
export { MarkdownText } from './MarkdownText'
export { EVERYBODY, mentionedIn } from './mentions'
export { plainText } from './plain'
