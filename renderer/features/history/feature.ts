import { LatePart } from '../../app/late-part.svelte.ts';
import type { Feature } from '../feature.ts';
import { placeTitles } from '../place-titles.ts';

export const history: Feature = {
  id: 'history',
  icon: 'history',
  title: placeTitles.history,
  keys: 'Mod+4',
  permission: 'update.read',
  screen: new LatePart(() => import('./HistoryScreen.svelte')),
};
