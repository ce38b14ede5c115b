import { test } from '../e2e/support/app'
import { everyScreen, LOOKS } from '../e2e/support/everyScreen'

for (const [name, look] of Object.entries(LOOKS)) {
  test(`pictures of every screen in ${name}`, async ({ signIn, visit }) => {
    await everyScreen(look, { signIn, visit }, async ({ page }, screen) => {
      await page.screenshot({ path: `screenshots/${screen}.${name}.png`, animations: 'disabled' })
    })
  })
}
