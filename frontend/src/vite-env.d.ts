/// <reference types="vite/client" />

interface ImportMetaEnv {
  readonly VITE_MOCK_AUTH?: string
  readonly VITE_MOCK_PASSWORD?: string
}
