import type { Feature } from '../feature.ts';
import Screen from './SettingsScreen.svelte';
import { settingsWords } from './words.ts';

export const settings: Feature = {
  id: 'settings',
  icon: 'settings',
  title: settingsWords.title,
  keys: 'Mod+,',
  permission: null,
  screen: Screen,
};
