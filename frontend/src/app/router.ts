import { createRouter, createWebHistory, type Router } from 'vue-router'
import { destination, isWayBack, recall, useAuth } from '@/features/auth'
import SignInPage from '@/features/auth/components/SignInPage.vue'

/** Preloaded by index.html (vite.preload.ts). */
const chat = () => import('./pages')
const ChatLayout = async () => (await chat()).ChatLayout
const JoinPage = async () => (await import('@/features/joining')).JoinPage
const RoomPage = async () => (await chat()).RoomPage
const WelcomePage = async () => (await chat()).WelcomePage

declare module 'vue-router' {
  interface RouteMeta {
    /** Open to people who are not signed in. */
    public?: boolean
    /** A dialog over where one was before, which stays in view. */
    dialog?: boolean
  }
}

export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/sign-in', name: 'signIn', component: SignInPage, meta: { public: true } },
      {
        path: '/sign-up',
        name: 'signUp',
        component: () => import('@/features/auth/components/SignUpPage.vue'),
        meta: { public: true },
      },
      {
        path: '/reset-password',
        name: 'resetPassword',
        component: () => import('@/features/auth/components/ResetPasswordPage.vue'),
        meta: { public: true },
      },
      {
        path: '/',
        component: ChatLayout,
        children: [
          { path: '', name: 'welcome', component: WelcomePage },
          {
            path: 'settings',
            name: 'settings',
            component: () => import('@/features/settings/SettingsPage.vue'),
          },
          {
            path: 'activity',
            name: 'activity',
            component: () => import('@/features/activity/ActivityPage.vue'),
          },
          { path: 'new-room', name: 'createRoom', component: WelcomePage, meta: { dialog: true } },
          {
            path: 'new-message',
            name: 'newMessage',
            component: WelcomePage,
            meta: { dialog: true },
          },
          { path: 'join/:roomId', name: 'join', component: JoinPage, props: true },
          {
            path: 'rooms/:roomId',
            name: 'room',
            component: RoomPage,
            props: ({ params, query }) => ({ ...params, at: Number(query.at) || undefined }),
          },
          {
            path: 'rooms/:roomId/members',
            name: 'members',
            component: RoomPage,
            props: (to) => ({ ...to.params, panel: 'members' }),
          },
          {
            path: 'rooms/:roomId/pins',
            name: 'pins',
            component: RoomPage,
            props: (to) => ({ ...to.params, panel: 'pins' }),
          },
          {
            path: 'rooms/:roomId/:sortKey',
            name: 'message',
            component: RoomPage,
            props: ({ params }) => ({ roomId: params.roomId, at: params.sortKey }),
          },
        ],
      },
      { path: '/:rest(.*)*', redirect: { name: 'welcome' } },
    ],
  })
  router.beforeEach((to) => {
    const auth = useAuth()
    if (auth.isSignedIn && to.meta.public) return destination(to)
    if (isWayBack(to)) return { name: 'signIn', query: { problem: 'hosted' } }
    const before = auth.isSignedIn && to.path === '/' ? recall() : undefined
    if (before !== undefined) return before
    if (!auth.isSignedIn && !to.meta.public) return { name: 'signIn', query: { next: to.fullPath } }
    return true
  })
  return router
}
