/** What other parts of the app may use of this feature. */
export { useOpenDirect } from './useOpenDirect'
export { usePeople } from './usePeople'
