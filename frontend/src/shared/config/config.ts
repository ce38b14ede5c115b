import { safeStorage } from '@/shared/safeStorage'

/** What differs between environments. It is read at run time, so that one build serves them all. */
export interface Config {
  websocketUrl: string
  /** The HTTP API, without a slash at the end; where there is one. */
  httpApiUrl?: string
  region: string
  userPoolId: string
  userPoolClientId: string
  /** The user pool's API: `https://cognito-idp.<region>.amazonaws.com/`, or a local emulator. */
  cognitoEndpoint: string
  /** Of Cognito's own sign-in pages, such as `parley.auth.eu-west-1.amazoncognito.com`, where there are any. */
  hostedUiDomain?: string
  /** `closed` where only an administrator makes accounts. */
  signUp?: 'open' | 'closed'
  /** `off` where nobody is told who is writing. */
  typing?: 'on' | 'off'
  /** Ready-made people of a local stack; a deployed environment has none. */
  mockUsers?: MockUser[]
}

export interface MockUser {
  username: string
  password: string
}

const REQUIRED = [
  'websocketUrl',
  'region',
  'userPoolId',
  'userPoolClientId',
  'cognitoEndpoint',
] as const

const KEY = 'parley.config'
const HTTP_NOT_FOUND = 404

/** What the server has is no configuration of Parley: something else may be served here. */
export class NotParley extends Error {}

/** As the server has it now (it lets nobody keep it; index.html has it fetched early); without a network as it was last, so that the installed app opens on a train. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json').catch(() => undefined)
  if (!response) return lastConfig()
  if (response.status === HTTP_NOT_FOUND) throw new NotParley('/config.json is not there')
  if (!response.ok) throw new Error(`/config.json: the server answered ${response.status}`)
  const config = checkConfig(await response.json().catch(() => undefined))
  safeStorage.setItem(KEY, JSON.stringify(config))
  return config
}

function lastConfig(): Config {
  const last = safeStorage.getItem(KEY)
  if (last === null) throw new Error('/config.json: there is no network')
  return checkConfig(JSON.parse(last))
}

export function checkConfig(value: unknown): Config {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Partial<Config>
  for (const name of REQUIRED) {
    if (typeof fields[name] !== 'string' || fields[name] === '') {
      throw new NotParley(`/config.json: ${name} is missing; it must be a text`)
    }
  }
  return fields as Config
}
