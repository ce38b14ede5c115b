import auth from './auth'
import chat from './chat'
import common from './common'
import composer from './composer'
import connection from './connection'
import problems from './problems'
import rooms from './rooms'
import shell from './shell'
import timeline from './timeline'

export default { auth, chat, common, composer, connection, problems, rooms, shell, timeline }
