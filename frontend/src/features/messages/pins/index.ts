/** What other parts of the app may use of this feature. */
export { usePins } from './usePins'
