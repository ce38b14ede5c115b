import auth from './auth'
import chat from './chat'
import common from './common'
import connection from './connection'
import problems from './problems'
import rooms from './rooms'
import timeline from './timeline'

export default { auth, chat, common, connection, problems, rooms, timeline }
