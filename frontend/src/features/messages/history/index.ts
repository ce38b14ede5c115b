/** What other parts of the app may use of this feature. */
export { useTimeline } from './useTimeline'
export { asQuoted } from './window'
