import { test } from '../e2e/support/app'
import { everyScreen, LOOKS } from '../e2e/support/everyScreen'
import { speak } from '../e2e/support/language'

for (const [name, look] of Object.entries(LOOKS)) {
  test(`pictures of every screen in ${name}`, async ({ signIn, visit }) => {
    await everyScreen(look, { signIn, visit }, async ({ page }, screen) => {
      for (const language of ['de', 'en'] as const) {
        await speak(page, language)
        const path = `screenshots/${screen}.${name}.${language}.png`
        await page.screenshot({ path, animations: 'disabled' })
      }
    })
  })
}
