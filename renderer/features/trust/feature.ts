import type { Feature } from '../feature.ts';
import Screen from './TrustScreen.svelte';
import { trustWords } from './words.ts';

export const trust: Feature = {
  id: 'trust',
  icon: 'trust',
  title: trustWords.title,
  keys: 'Mod+9',
  permission: 'station.read',
  screen: Screen,
};
