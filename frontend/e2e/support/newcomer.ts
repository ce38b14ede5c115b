import type { Page } from '@playwright/test'
import { expect, Person } from './app'

export const PASSWORD = 'Quite-secret-1'
let people = 0

/** Makes an account, of a name that nobody has unless one is given, and signs in with it. */
export async function newcomer(
  page: Page,
  name = `erin${Date.now()}x${++people}`,
): Promise<Person> {
  await page.goto('/sign-up')
  await page.getByLabel('Username').fill(name)
  await page.getByLabel('Email').fill(`${name}@example.com`)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByLabel('Verification code').fill('123456')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await isIn(page)
  return new Person(page, name)
}

export async function signInAs(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Username or email').fill(name)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export async function isIn(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Rooms', exact: true })).toBeAttached()
}
