import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { useAuth } from './auth/useAuth'
import { loadConfig } from './config/config'
import { configKey } from './config/useConfig'
import { createAppRouter } from './router'
import './style.css'

async function main(): Promise<void> {
  const [config, { cognitoIdentity }] = await Promise.all([loadConfig(), import('./auth/cognito')])
  const app = createApp(App).use(createPinia()).provide(configKey, config)
  await useAuth().restore(cognitoIdentity(config))
  app.use(createAppRouter()).mount('#app')
}

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error)
  const message = document.createElement('p')
  message.role = 'alert'
  message.className = 'p-6'
  message.textContent = `Parley could not start. ${reason}`
  document.getElementById('app')?.replaceChildren(message)
})
