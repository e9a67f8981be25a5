import type { Feature } from '../feature.ts';
import Screen from './AboutScreen.svelte';
import { aboutWords } from './words.ts';

export const about: Feature = {
  id: 'about',
  icon: 'about',
  title: aboutWords.title,
  keys: 'Mod+0',
  permission: null,
  screen: Screen,
};
