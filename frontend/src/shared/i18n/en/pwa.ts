export default {
  update: 'A new version of Parley is ready.',
  replaced: 'Parley was updated. Reload to continue.',
  reload: 'Reload',
}
