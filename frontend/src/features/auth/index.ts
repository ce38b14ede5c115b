/** What other parts of the app may use of this feature. */
export { default as TotpSetup } from './components/TotpSetup.vue'
export { destination, isWayBack, recall } from './destination'
export type { IdentityProvider, SecondFactor, Session, TotpSecret } from './identity'
export { useAuth } from './useAuth'
export { useAuthAction } from './useAuthAction'
