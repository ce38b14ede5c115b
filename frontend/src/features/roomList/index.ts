/** What other parts of the app may use of this feature. */
export { default as RoomList } from './RoomList.vue'
export { useRoomOrder } from './useRoomOrder'
