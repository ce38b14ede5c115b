import { beforeEach, expect, it, vi } from 'vitest'
import { loadConfig, NotParley } from './config'

const config = {
  websocketUrl: 'wss://a.example',
  region: 'eu-west-1',
  userPoolId: 'pool',
  userPoolClientId: 'client',
  cognitoEndpoint: 'https://c.example/',
}
const answers = (answer: () => Promise<Response>) => vi.stubGlobal('fetch', vi.fn(answer))

beforeEach(() => localStorage.clear())

it('is what the server has now, and without a network what it had last', async () => {
  answers(async () => Response.json(config))
  expect(await loadConfig()).toEqual(config)

  answers(() => Promise.reject(new TypeError('offline')))
  expect(await loadConfig()).toEqual(config)
})

it.each([
  ['there is none', () => new Response('', { status: 404 })],
  ['it is a page', () => new Response('<html>')],
  ['it is another project’s', () => Response.json({ name: 'other' })],
])('where %s, this is not Parley', async (_, answer) => {
  answers(async () => answer())
  await expect(loadConfig()).rejects.toThrow(NotParley)
})

it('a server that has a problem may still be Parley', async () => {
  answers(async () => new Response('', { status: 503 }))
  await expect(loadConfig()).rejects.not.toThrow(NotParley)
  await expect(loadConfig()).rejects.toThrow('503')
})
