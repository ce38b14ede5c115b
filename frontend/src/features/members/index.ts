/** What other parts of the app may use of this feature. */
export { banTopic, membershipNews } from './membershipNews'
export { PersonCard, usePersonCard, type Person } from './personCard'
export { useMembers } from './useMembers'
