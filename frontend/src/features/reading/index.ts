/** What other parts of the app may use of this feature. */
export { default as NewDivider } from './NewDivider.vue'
export { default as UnreadBar } from './UnreadBar.vue'
export { useMarks } from './useMarks'
export { useNewMark } from './useNewMark'
export { useReadMarker } from './useReadMarker'
export { useSeen } from './useSeen'
