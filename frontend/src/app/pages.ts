/** What is shown to those who are signed in: one chunk, which the sign-in does not wait for. */
export { default as ChatLayout } from './ChatLayout.vue'
export { default as RoomPage } from './RoomPage.vue'
export { default as WelcomePage } from './WelcomePage.vue'
