import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { useAuth } from '@/features/auth'
import { loadConfig } from '@/shared/config/config'
import { configKey } from '@/shared/config/useConfig'
import { i18n, t } from '@/shared/i18n/i18n'
import { useLanguage } from '@/shared/i18n/useLanguage'
import { watchForUpdates } from '@/app/pwa/updates'
import { useInstall } from '@/features/settings'
import { createAppRouter } from './router'
import { useNotices } from '@/ui/notices/useNotices'
import { useTheme } from '@/ui/useTheme'
import './style.css'

async function main(): Promise<void> {
  const pinia = createPinia()
  useTheme(pinia) // before anything is shown
  useInstall(pinia) // before the browser tells that it would
  const [config, { cognitoIdentity }] = await Promise.all([
    loadConfig(),
    import('@/features/auth/cognito'),
  ])
  const app = createApp(App).use(pinia).use(i18n).provide(configKey, config)
  await Promise.all([
    cognitoIdentity(config).then((identity) => useAuth().restore(identity)),
    // In English if the other language cannot be had: better than no app.
    useLanguage()
      .apply()
      .catch(() => undefined),
  ])
  app.use(createAppRouter()).mount('#app')
  if (import.meta.env.PROD) {
    const offer = (changeOver: () => void) =>
      useNotices(pinia).say(t('pwa.update'), { label: t('pwa.reload'), run: changeOver })
    watchForUpdates(offer).catch(() => undefined) // the app works without, only not offline
  }
}

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error)
  const message = document.createElement('p')
  message.role = 'alert'
  message.className = 'p-6'
  message.textContent = `${t('problems.start')} ${reason}`
  document.getElementById('app')?.replaceChildren(message)
})
