/** What other parts of the app may use of this feature. */
export { useChanges, type Editing } from './useChanges'
export { useEditing } from './useEditing'
