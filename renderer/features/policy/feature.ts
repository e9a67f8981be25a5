import { LatePart } from '../../app/late-part.svelte.ts';
import type { Feature } from '../feature.ts';
import { placeTitles } from '../place-titles.ts';

export const policy: Feature = {
  id: 'policy',
  icon: 'policy',
  title: placeTitles.policy,
  keys: 'Mod+8',
  permission: 'station.read',
  screen: new LatePart(() => import('./PolicyScreen.svelte')),
};
