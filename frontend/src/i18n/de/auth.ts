import type auth from '../en/auth'

export default {
  fields: {
    username: 'Benutzername',
    usernameOrEmail: 'Benutzername oder E-Mail',
    email: 'E-Mail',
    password: 'Passwort',
    newPassword: 'Neues Passwort',
    code: 'Code',
  },
  signIn: {
    title: 'Bei Parley anmelden',
    submit: 'Anmelden',
    busy: 'Anmeldung läuft …',
    newHere: 'Neu hier?',
    createAccount: 'Konto anlegen',
    forgot: 'Passwort vergessen?',
    hosted: 'Mit Single Sign-on fortfahren',
    or: 'oder',
  },
  mock: {
    section: 'Vorbereitete Personen',
    intro: 'Eine lokale Umgebung mit Personen zum Ausprobieren:',
    continueAs: 'Weiter als {name}',
  },
  signUp: {
    title: 'Konto anlegen',
    submit: 'Konto anlegen',
    busy: 'Wird angelegt …',
    haveAccount: 'Schon ein Konto?',
    signIn: 'Anmelden',
  },
  confirm: {
    title: 'Konto bestätigen',
    sentTo: 'Wir haben einen Code an die E-Mail-Adresse von {name} geschickt.',
    submit: 'Bestätigen',
    resend: 'Neuen Code schicken',
    resent: 'Ein neuer Code ist unterwegs.',
    done: 'Dein Konto ist bestätigt. Bitte melde dich an.',
  },
  rules: {
    title: 'Das Passwort braucht',
    length: 'mindestens 8 Zeichen',
    upper: 'einen Großbuchstaben',
    lower: 'einen Kleinbuchstaben',
    digit: 'eine Ziffer',
    met: 'erfüllt',
    unmet: 'fehlt',
  },
  problems: {
    wrongCredentials: 'Benutzername oder Passwort ist falsch.',
    usernameTaken: 'Dieser Benutzername ist vergeben.',
    emailTaken: 'Diese E-Mail-Adresse wird schon verwendet.',
    password:
      'Das Passwort braucht mindestens 8 Zeichen, darunter ein Groß- und ein Kleinbuchstabe und eine Ziffer.',
    codeWrong: 'Dieser Code stimmt nicht.',
    codeOld: 'Dieser Code ist zu alt. Fordere einen neuen an.',
    tooOften: 'Zu viele Versuche. Bitte warte eine Weile.',
    unreachable: 'Der Anmeldedienst ist nicht erreichbar. Prüfe deine Verbindung.',
    unsupported:
      'Dieses Konto verlangt einen Schritt, den Parley nicht kennt. Frage, wer es betreibt.',
  },
} satisfies typeof auth
