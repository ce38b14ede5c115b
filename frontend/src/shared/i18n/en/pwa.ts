export default {
  update: 'A new version of Parley is ready.',
  reload: 'Reload',
}
