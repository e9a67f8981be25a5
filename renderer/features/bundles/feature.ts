import { LatePart } from '../../app/late-part.svelte.ts';
import type { Feature } from '../feature.ts';
import { placeTitles } from '../place-titles.ts';

export const bundles: Feature = {
  id: 'bundles',
  icon: 'bundles',
  title: placeTitles.bundles,
  keys: 'Mod+2',
  permission: 'bundle.read',
  screen: new LatePart(() => import('./BundlesScreen.svelte')),
};
