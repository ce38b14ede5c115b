import { defineRoomSet } from './roomSet'

/** The rooms one does not want to be called to. */
export const useMutes = defineRoomSet('mutes', 'parley.muted')
