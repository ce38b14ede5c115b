import { defineRoomSet } from './roomSet'

/** The rooms that stand above the others. */
export const useFavourites = defineRoomSet('favourites', 'parley.favourites')
