/** What other parts of the app may use of this feature. */
export { default as RoomNotifications } from './RoomNotifications.vue'
export { useAttention } from './useAttention'
export { useNotifications } from './useNotifications'
