import { LatePart } from '../../app/late-part.svelte.ts';
import type { Feature } from '../feature.ts';
import { placeTitles } from '../place-titles.ts';

export const bench: Feature = {
  id: 'bench',
  icon: 'bench',
  title: placeTitles.bench,
  keys: 'Mod+1',
  permission: 'device.read',
  screen: new LatePart(() => import('./BenchScreen.svelte')),
};
