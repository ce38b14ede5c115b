/** What other parts of the app may use of this feature. */
export { default as ActivityLink } from './ActivityLink.vue'
