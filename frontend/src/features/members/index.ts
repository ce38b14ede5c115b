/** What other parts of the app may use of this feature. */
export { banTopic, membershipNews } from './membershipNews'
export { useMembers } from './useMembers'
