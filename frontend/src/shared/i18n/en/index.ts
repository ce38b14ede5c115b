import activity from './activity'
import auth from './auth'
import chat from './chat'
import common from './common'
import composer from './composer'
import connection from './connection'
import direct from './direct'
import notifications from './notifications'
import problems from './problems'
import pwa from './pwa'
import rooms from './rooms'
import settings from './settings'
import shell from './shell'
import timeline from './timeline'

export default {
  activity,
  auth,
  chat,
  common,
  composer,
  connection,
  direct,
  notifications,
  problems,
  pwa,
  rooms,
  settings,
  shell,
  timeline,
}
