import type { Page } from '@playwright/test'
import { expect, test } from './support/app'
import { isIn, newcomer, PASSWORD, signInAs } from './support/newcomer'
import { totp } from './support/totp'

/** What whoever runs Parley does at the user pool, by its own API. */
async function atThePool(page: Page, operation: string, input: object): Promise<void> {
  const { cognitoEndpoint, userPoolId } = await (await page.request.get('/config.json')).json()
  const answer = await page.request.post(cognitoEndpoint, {
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    data: { UserPoolId: userPoolId, ...input },
  })
  expect(answer.ok(), `${operation}: ${await answer.text()}`).toBe(true)
}

test('an account that was made for somebody asks for a password of their own', async ({
  visit,
}) => {
  const page = await visit()
  const name = `frank${Date.now()}`
  const first = 'For-the-first-time-1'
  await atThePool(page, 'AdminCreateUser', {
    Username: name,
    TemporaryPassword: first,
    MessageAction: 'SUPPRESS',
    UserAttributes: [{ Name: 'email', Value: `${name}@example.com` }],
  })

  await signInAs(page, name, first)
  await expect(page.getByRole('heading', { name: 'Choose a password' })).toBeVisible()
  await page.getByLabel('New password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Save and sign in' }).click()
  await isIn(page)

  const other = await visit()
  await signInAs(other, name, first)
  await expect(other.getByRole('alert')).toHaveText('Incorrect username or password.')
  await signInAs(other, name)
  await isIn(other)
})

/**
 * A pool where two-step sign-in is required, as Cognito plays it: the emulator lets those in who have not set it up.
 * The password's answer is held back until a code has proved the key.
 */
async function requireSecondFactor(page: Page, secret: string): Promise<string[]> {
  const { cognitoEndpoint } = await (await page.request.get('/config.json')).json()
  const asked: string[] = []
  let tokens: object | undefined
  await page.route(`${cognitoEndpoint}**`, async (route) => {
    const request = route.request()
    const operation = request.headers()['x-amz-target']?.split('.')[1] ?? ''
    const input = request.postDataJSON() ?? {}
    const answer = (json: object) =>
      route.fulfill({ json, headers: { 'access-control-allow-origin': '*' } })
    asked.push(operation)
    if (operation === 'RespondToAuthChallenge' && input.ChallengeName === 'PASSWORD_VERIFIER') {
      tokens = await (await route.fetch()).json()
      return answer({
        ChallengeName: 'MFA_SETUP',
        ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
        Session: 'a-session-of-twenty-characters',
      })
    }
    if (operation === 'AssociateSoftwareToken')
      return answer({ SecretCode: secret, Session: input.Session })
    if (operation === 'VerifySoftwareToken' && input.UserCode === totp(secret))
      return answer({ Status: 'SUCCESS', Session: input.Session })
    if (operation === 'VerifySoftwareToken')
      return route.fulfill({
        status: 400,
        json: { __type: 'EnableSoftwareTokenMFAException', message: 'Code mismatch' },
        headers: { 'access-control-allow-origin': '*' },
      })
    if (operation === 'RespondToAuthChallenge' && input.ChallengeName === 'MFA_SETUP')
      return answer(tokens ?? {})
    return route.continue()
  })
  return asked
}

test('where two-step sign-in is required, it is set up at the first sign-in', async ({ visit }) => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  const page = await visit()
  const { name } = await newcomer(await visit())
  const asked = await requireSecondFactor(page, secret)

  await signInAs(page, name)
  await expect(page.getByRole('heading', { name: 'Set up two-step verification' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible()
  expect((await page.locator('code').innerText()).replaceAll(' ', '')).toBe(secret)
  await page.getByLabel('6-digit code').fill('000000')
  await page.getByRole('button', { name: 'Turn on' }).click()
  await expect(page.getByRole('alert')).toHaveText('Incorrect code.')

  await page.getByLabel('6-digit code').fill(totp(secret))
  await page.getByRole('button', { name: 'Turn on' }).click()

  await isIn(page)
  expect(asked).toContain('VerifySoftwareToken')
})
