import { signOut } from './support/account'
import { expect, test } from './support/app'

test('a ready-made person signs in with one click and out again', async ({ signIn }) => {
  const { page } = await signIn('alice')
  await expect(page.getByRole('button', { name: 'Account of alice' })).toBeVisible()

  await signOut(page)

  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  await page.goto('/')
  await expect(page).toHaveURL(/sign-in/)
})

test('a wrong password is told in words, the right one leads to where one was going', async ({
  visit,
}) => {
  const page = await visit()
  await page.goto('/new-room')
  await page.getByLabel('Username').fill('alice')
  await page.getByLabel('Password', { exact: true }).fill('Wrong-password-1')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert')).toHaveText('Incorrect username or password.')

  await page.getByLabel('Password', { exact: true }).fill('Parley-local-1')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()

  await expect(page).toHaveURL('/new-room')
})

test('a newcomer signs up, confirms the code, and is in; a reload keeps them in', async ({
  visit,
}) => {
  const page = await visit()
  await page.goto('/')
  await page.getByRole('link', { name: 'Create an account' }).click()
  await expect(page.getByRole('heading', { name: 'Create an account' })).toBeVisible()
  const name = `dora${Date.now()}`
  await page.getByLabel('Username').fill(name)
  await page.getByLabel('Email').fill(`${name}@example.com`)
  await page.getByLabel('Password', { exact: true }).fill('Quite-secret-1')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByLabel('Verification code').fill('123456')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('button', { name: `Account of ${name}` })).toBeVisible()

  await page.reload()

  await expect(page.getByRole('button', { name: `Account of ${name}` })).toBeVisible()
})

test('the token is in no address that the browser opens', async ({ visit }) => {
  const page = await visit()
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  page.on('websocket', (socket) => addresses.push(socket.url()))
  await page.goto('/')
  await page.getByRole('button', { name: 'Continue as alice' }).click()
  await expect(page.getByRole('heading', { name: 'Rooms', exact: true })).toBeVisible()
  await expect.poll(() => addresses.some((address) => address.startsWith('ws'))).toBe(true)

  expect(addresses.filter((address) => /eyJ|token/i.test(address))).toEqual([])
})
