import { LatePart } from '../../app/late-part.svelte.ts';
import type { Feature } from '../feature.ts';
import { placeTitles } from '../place-titles.ts';

export const operators: Feature = {
  id: 'operators',
  icon: 'operators',
  title: placeTitles.operators,
  keys: 'Mod+7',
  permission: 'operator.manage',
  screen: new LatePart(() => import('./OperatorsScreen.svelte')),
};
