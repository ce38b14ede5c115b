import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { useAuth } from '@/features/auth'
import { leaveOnce, showFailure } from './startFailure'
import { loadConfig, NotParley } from '@/shared/config/config'
import { configKey } from '@/shared/config/useConfig'
import { t } from '@/shared/i18n/i18n'
import { useLanguage } from '@/shared/i18n/useLanguage'
import { reloadAfresh, watchForLostParts, watchForUpdates } from '@/app/pwa/updates'
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
  const app = createApp(App).use(pinia).provide(configKey, config)
  await Promise.all([
    cognitoIdentity(config).then((identity) => useAuth().restore(identity)),
    // In English if the other language cannot be had: better than no app.
    useLanguage()
      .apply()
      .catch(() => undefined),
  ])
  app.use(createAppRouter()).mount('#app')
  if (!import.meta.env.PROD) return
  const notices = useNotices(pinia)
  const offer = (text: string, run: () => void) =>
    notices.say(text, { action: { label: t('pwa.reload'), run }, topic: 'version', stays: true })
  watchForLostParts(() => {
    if (!navigator.onLine) notices.say(t('connection.needsNetwork'), { topic: 'part' })
    else offer(t('pwa.replaced'), () => void reloadAfresh())
  })
  watchForUpdates((changeOver) => offer(t('pwa.update'), changeOver)).catch(() => undefined) // works without, but not offline
}

main().catch(async (error: unknown) => {
  if (error instanceof NotParley && (await leaveOnce())) return
  showFailure(error instanceof Error ? error.message : String(error))
})
