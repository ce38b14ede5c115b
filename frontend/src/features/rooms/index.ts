/** What other parts of the app may use of this feature. */
export { default as InvitationLink } from './InvitationLink.vue'
export { default as LeaveRoom } from './LeaveRoom.vue'
export { explainPerson } from './explainRooms'
export { matchRooms } from './list/matchRooms'
export { isRequest, unread } from './roomState'
export { roundRobin } from './roundRobin'
export { useMutes } from './useMutes'
export { useRooms } from './useRooms'
