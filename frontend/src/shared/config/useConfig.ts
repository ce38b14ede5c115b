import { inject, type InjectionKey } from 'vue'
import type { Config } from './config'

export const configKey: InjectionKey<Config> = Symbol('config')

export function useConfig(): Config {
  const config = inject(configKey)
  if (!config) throw new Error('the configuration is provided in main.ts')
  return config
}
