import type { Feature } from '../feature.ts';
import Screen from './HistoryScreen.svelte';
import { historyWords } from './words.ts';

export const history: Feature = {
  id: 'history',
  icon: 'history',
  title: historyWords.title,
  keys: 'Mod+4',
  permission: 'update.read',
  screen: Screen,
};
