/** What other parts of the app may use of this feature. */
export { default as NewDivider } from './NewDivider.vue'
export { useNewMark } from './useNewMark'
export { MARK_EVERY_MS, useReadMarker } from './useReadMarker'
