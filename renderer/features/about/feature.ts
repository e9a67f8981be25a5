import { LatePart } from '../../app/late-part.svelte.ts';
import type { Feature } from '../feature.ts';
import { placeTitles } from '../place-titles.ts';

export const about: Feature = {
  id: 'about',
  icon: 'about',
  title: placeTitles.about,
  keys: 'Mod+0',
  permission: null,
  screen: new LatePart(() => import('./AboutScreen.svelte')),
};
