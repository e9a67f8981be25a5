import type { Feature } from '../feature.ts';
import Screen from './PolicyScreen.svelte';
import { policyWords } from './words.ts';

export const policy: Feature = {
  id: 'policy',
  icon: 'policy',
  title: policyWords.title,
  keys: 'Mod+8',
  permission: 'station.read',
  screen: Screen,
};
