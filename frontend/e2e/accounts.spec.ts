import { chooseFromAccount } from './support/account'
import { expect, test } from './support/app'
import { isIn, newcomer, PASSWORD, signInAs } from './support/newcomer'
import { totp } from './support/totp'

test('the rules of a password tick off as one types, and a problem is told at its field', async ({
  visit,
}) => {
  const page = await visit()
  await page.goto('/sign-up')
  const rules = page.locator('[data-met]')
  const password = page.getByLabel('Password', { exact: true })
  await password.fill('abc')
  await expect(rules).toHaveText([
    /8 char.*not met/,
    /upper.*not met/,
    /lower.*letter met/,
    /number.*not met/,
  ])
  await password.fill(PASSWORD)
  await expect(page.locator('[data-met=false]')).toHaveCount(0)

  await page.getByLabel('Username').fill('alice')
  await page.getByLabel('Email').fill('another.alice@example.com')
  await page.getByRole('button', { name: 'Create account' }).click()

  const username = page.getByLabel('Username')
  await expect(username).toHaveAccessibleDescription('That username is taken.')
  await expect(username).toBeFocused()
})

test('a forgotten password is replaced by a code', async ({ visit }) => {
  const page = await visit()
  const { name } = await newcomer(page)
  const elsewhere = await visit()
  await elsewhere.goto('/new-room')
  await elsewhere.getByRole('link', { name: 'Forgot your password?' }).click()
  // The page is a part of its own; until it is there, the sign-in has a field of the same name.
  await expect(elsewhere.getByRole('heading', { name: 'Reset your password' })).toBeVisible()
  await elsewhere.getByLabel('Username or email').fill(name)
  await elsewhere.getByRole('button', { name: 'Send code' }).click()
  await elsewhere.getByLabel('Verification code').fill('654321')
  await elsewhere.getByLabel('New password').fill('Another-secret-2')
  await elsewhere.getByRole('button', { name: 'Reset password' }).click()
  await expect(elsewhere).toHaveURL('/new-room')

  const third = await visit()
  await signInAs(third, name)
  await expect(third.getByRole('alert')).toHaveText('Incorrect username or password.')
  await signInAs(third, name, 'Another-secret-2')
  await isIn(third)
})

test('two-step sign-in: set up by QR code or key, asked for at sign-in, turned off', async ({
  visit,
}) => {
  const page = await visit()
  const { name } = await newcomer(page)
  await chooseFromAccount(page, 'Settings')
  await page.getByRole('button', { name: 'Set up' }).click()
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible()
  const secret = await page.locator('code').innerText()
  await page.getByLabel('6-digit code').fill('000000')
  await page.getByRole('button', { name: 'Turn on', exact: true }).click()
  await expect(page.getByRole('alert')).toHaveText('Incorrect code.')
  await page.getByLabel('6-digit code').fill(totp(secret))
  await page.getByRole('button', { name: 'Turn on', exact: true }).click()
  await expect(page.getByText('Two-step verification is on.')).toBeVisible()

  const other = await visit()
  await signInAs(other, name)
  await expect(other.getByRole('heading', { name: 'Two-step verification' })).toBeVisible()
  await other.getByLabel('Verification code').fill(totp(secret))
  await other.getByRole('button', { name: 'Sign in' }).click()
  await isIn(other)

  await page.getByRole('button', { name: 'Turn off' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click()
  await expect(page.getByRole('button', { name: 'Set up' })).toBeVisible()
  const third = await visit()
  await signInAs(third, name)
  await isIn(third)
})

test('signing out everywhere ends the sessions of other devices', async ({ visit }) => {
  const page = await visit()
  const { name } = await newcomer(page)
  const other = await visit()
  await signInAs(other, name)
  await isIn(other)

  await page.goto('/settings')
  await page.getByRole('button', { name: 'Sign out of all devices' }).click()
  const sure = page.getByRole('alertdialog')
  await sure.getByRole('button', { name: 'Sign out of all devices' }).click()
  await expect(page).toHaveURL(/sign-in/)

  // The other device's access token ends within the hour; here it is refreshed at once, as it then would be.
  await other.evaluate(() => {
    for (const key of Object.keys(localStorage))
      if (key.endsWith('.accessToken') || key.endsWith('.idToken')) localStorage.removeItem(key)
  })
  await other.reload()
  await expect(other).toHaveURL(/sign-in/)
})

test('a tab that signs out takes the others with it, and one that signs in as well', async ({
  visit,
}) => {
  const page = await visit()
  const { name } = await newcomer(page)
  const tab = await page.context().newPage()
  await tab.goto('/settings')
  await tab.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(tab).toHaveURL(/sign-in/)
  await expect(page).toHaveURL(/sign-in/)

  await signInAs(tab, name)
  await isIn(tab)
  await isIn(page)
})

test('hosted sign-in: a code with PKCE, exchanged once, and gone from the address', async ({
  visit,
  baseURL,
}) => {
  const page = await visit()
  const config = await (await page.request.get('/config.json')).json()
  const domain = 'sign-in.parley.test'
  let challenge = ''
  let exchanged: URLSearchParams | undefined
  await page.route('**/config.json', (route) =>
    route.fulfill({ json: { ...config, hostedUiDomain: domain } }),
  )
  // The page's own policy knows nothing of a domain that this test makes up.
  await page.route(
    (url) => url.origin === baseURL && !url.pathname.includes('.'),
    async (route) => {
      const response = await route.fetch()
      const headers = { ...response.headers() }
      delete headers['content-security-policy']
      await route.fulfill({ response, headers })
    },
  )
  await page.route(`https://${domain}/oauth2/authorize?**`, (route) => {
    const asked = new URL(route.request().url()).searchParams
    expect(asked.get('response_type')).toBe('code')
    expect(asked.get('code_challenge_method')).toBe('S256')
    challenge = asked.get('code_challenge') ?? ''
    const back = `${asked.get('redirect_uri')}?code=the-code&state=${asked.get('state')}`
    return route.fulfill({ contentType: 'text/html', body: `<a href="${back}">Go back</a>` })
  })
  await page.route(`https://${domain}/oauth2/token`, async (route) => {
    exchanged = new URLSearchParams(route.request().postData() ?? '')
    const answer = await page.request.post(config.cognitoEndpoint, {
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
      },
      data: {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: config.userPoolClientId,
        AuthParameters: { USERNAME: 'carol', PASSWORD: config.mockUsers[0].password },
      },
    })
    const { AuthenticationResult: tokens } = await answer.json()
    await route.fulfill({
      headers: { 'access-control-allow-origin': '*' },
      json: {
        access_token: tokens.AccessToken,
        id_token: tokens.IdToken,
        refresh_token: tokens.RefreshToken,
        expires_in: 3600,
        token_type: 'Bearer',
      },
    })
  })

  await page.goto('/settings')
  await page.getByRole('button', { name: 'Continue with single sign-on' }).click()
  await page.getByRole('link', { name: 'Go back' }).click()

  await expect(page).toHaveURL('/settings')
  await expect(page.getByText('Signed in as carol')).toBeVisible()
  expect(exchanged?.get('code')).toBe('the-code')
  const verifier = new TextEncoder().encode(exchanged?.get('code_verifier') ?? '')
  const digest = await crypto.subtle.digest('SHA-256', verifier)
  expect(Buffer.from(digest).toString('base64url')).toBe(challenge)
})
