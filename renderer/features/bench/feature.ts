import type { Feature } from '../feature.ts';
import Screen from './BenchScreen.svelte';
import { benchWords } from './words.ts';

export const bench: Feature = {
  id: 'bench',
  icon: 'bench',
  title: benchWords.title,
  keys: 'Mod+1',
  permission: 'device.read',
  screen: Screen,
};
