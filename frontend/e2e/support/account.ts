import type { Page } from '@playwright/test'

type How = 'click' | 'tap'

/** The button that opens the person's own menu, in English or German. */
export const accountButton = (page: Page) =>
  page.getByRole('button', { name: /^(Account of|Konto von) / })

/** Chooses from the person's own menu. */
export async function chooseFromAccount(page: Page, item: string, how: How = 'click') {
  await accountButton(page)[how]()
  await page.getByRole('menuitem', { name: item })[how]()
}

export async function signOut(page: Page): Promise<void> {
  await chooseFromAccount(page, 'Sign out')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click()
}
