import { LatePart } from '../../app/late-part.svelte.ts';
import type { Feature } from '../feature.ts';
import { placeTitles } from '../place-titles.ts';

export const approvals: Feature = {
  id: 'approvals',
  icon: 'approvals',
  title: placeTitles.approvals,
  keys: 'Mod+3',
  permission: 'bundle.read',
  screen: new LatePart(() => import('./ApprovalsScreen.svelte')),
};
