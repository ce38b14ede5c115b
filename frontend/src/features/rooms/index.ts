/** What other parts of the app may use of this feature. */
export { default as FirstRoom } from './invitations/FirstRoom.vue'
export { default as HideRoom } from './components/HideRoom.vue'
export { default as InvitationLink } from './invitations/InvitationLink.vue'
export { default as LeaveRoom } from './components/LeaveRoom.vue'
export { explainPerson } from './explainRooms'
export { explainRoom } from './explainRooms'
export { inviteLink } from './invitations/inviteLink'
export { lastRoom } from './lastRoom'
export { matchNames, matchRooms } from './matchRooms'
export { useFavourites } from './useFavourites'
export {
  calling,
  isArchived,
  isHidden,
  isMuted,
  isRequest,
  may,
  mayModerate,
  unread,
  unreadMentions,
} from './roomState'
export { default as RoomAvatar } from './components/RoomAvatar.vue'
export { default as RoomAbout } from './settings/RoomAbout.vue'
export { roundRobin } from './roundRobin'
export { MUTED_FOR_EVER, useOldMutes } from './useOldMutes'
export { useRooms } from './useRooms'
