import { LatePart } from '../../app/late-part.svelte.ts';
import type { Feature } from '../feature.ts';
import { placeTitles } from '../place-titles.ts';

export const trust: Feature = {
  id: 'trust',
  icon: 'trust',
  title: placeTitles.trust,
  keys: 'Mod+9',
  permission: 'station.read',
  screen: new LatePart(() => import('./TrustScreen.svelte')),
};
