/** What differs between environments. It is read at run time, so that one build serves them all. */
export interface Config {
  websocketUrl: string
  region: string
  userPoolId: string
  userPoolClientId: string
  /** The user pool's API: `https://cognito-idp.<region>.amazonaws.com/`, or a local emulator. */
  cognitoEndpoint: string
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

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-cache' })
  if (!response.ok) throw new Error(`/config.json: the server answered ${response.status}`)
  return checkConfig(await response.json())
}

export function checkConfig(value: unknown): Config {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Partial<Config>
  for (const name of REQUIRED) {
    if (typeof fields[name] !== 'string' || fields[name] === '') {
      throw new Error(`/config.json: ${name} is missing; it must be a text`)
    }
  }
  return fields as Config
}
