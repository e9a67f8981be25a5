import type { Feature } from '../feature.ts';
import Screen from './BundlesScreen.svelte';
import { bundlesWords } from './words.ts';

export const bundles: Feature = {
  id: 'bundles',
  icon: 'bundles',
  title: bundlesWords.title,
  keys: 'Mod+2',
  permission: 'bundle.read',
  screen: Screen,
};
